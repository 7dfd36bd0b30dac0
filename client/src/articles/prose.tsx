import { useEffect, useRef } from 'preact/hooks';
import './code.css';
import './prose.css';

/**
 * Text that the server rendered from Markdown, raw HTML off. It is set once and then left alone;
 * code gets its copy button, and lists their permalinks, beside it in the page.
 */
export const Prose = ({ html, class: name = '' }: { html: string; class?: string }) => {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (ref.current) for (const block of ref.current.querySelectorAll('pre')) dress(block);
  }, [html]);
  return <div ref={ref} class={`prose ${name}`} dangerouslySetInnerHTML={{ __html: html }} />;
};

const COPIED_MS = 2_000;

/** Gives a code block its copy button; without a script the block is whole as it is. */
function dress(block: HTMLPreElement): void {
  if (block.parentElement?.classList.contains('code-block')) return;
  const frame = document.createElement('div');
  frame.className = 'code-block';
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.className = 'code-copy';
  copy.textContent = 'Copy';
  copy.addEventListener('click', () => void copyText(block, copy));
  block.replaceWith(frame);
  block.tabIndex = 0;
  frame.append(block, copy);
}

async function copyText(block: HTMLPreElement, button: HTMLButtonElement): Promise<void> {
  const text = block.querySelector('code')?.textContent ?? block.textContent ?? '';
  try {
    await navigator.clipboard.writeText(text.replace(/\n$/, ''));
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Not allowed';
  }
  setTimeout(() => {
    button.textContent = 'Copy';
  }, COPIED_MS);
}
