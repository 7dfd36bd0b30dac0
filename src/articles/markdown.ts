import createMarkdownIt, { type MarkdownIt, type Token } from 'markdown-it';
import footnotes from 'markdown-it-footnote';
import { escapeHtml } from '../platform/html.ts';
import type { TocEntry } from './contract.ts';
import { type Highlight, highlightFor } from './highlight.ts';
import { languageOf } from './languages.ts';
import { excerptOf, minutesOf, plainText } from './measure.ts';
import type { Rendered } from './plain.ts';

/** Where relative addresses start; a name that nobody can own. */
const HERE = 'https://here.invalid/';
const schemes = new Set(['http:', 'https:', 'mailto:']);
const TOC_MAX = 500;
/** Steps with an address of their own. */
const STEPS_MAX = 500;
/** The level of headings in quotes and lists: they are no parts of the text. */
const DEEP = 9;
/** One definition can be named thousands of times: all addresses together stay below this. */
const ADDRESSES_MAX = 1_000_000;
/** Ten times the longest text. */
const HTML_MAX = 2_000_000;

/** By the browser's own reading of the address, so that no spelling slips through. */
const isSafe = (address: string): boolean =>
  URL.canParse(address, HERE) && schemes.has(new URL(address, HERE).protocol);
const isOurs = (address: string): boolean =>
  URL.canParse(address, HERE) && new URL(address, HERE).href.startsWith(HERE);

const attribute = (token: Token, name: string): string => String(token.attrGet(name) ?? '');
const attributes = (pairs: Record<string, string>): string =>
  Object.entries(pairs)
    .map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
    .join('');
const REL = 'ugc nofollow noopener';

/** Pictures of other sites cannot load here (the security policy says 'self'): they become links. */
const picture = (token: Token): string => {
  const src = attribute(token, 'src');
  const alt = plainText(token.children ?? []);
  if (isOurs(src)) return `<img${attributes({ src, alt, loading: 'lazy', decoding: 'async' })}>`;
  const words = escapeHtml(alt || src);
  if (token.meta?.inLink) return words;
  return `<a${attributes({ href: src, rel: REL, class: 'image-link' })}>${words}</a>`;
};

const codeBlock = (code: string, info: string, highlight: Highlight | undefined): string => {
  const named = info.trim().split(/\s+/)[0]?.toLowerCase() ?? '';
  const language = languageOf(named);
  const label = language ?? (/^[a-z0-9+#.-]{1,20}$/.test(named) ? named : '');
  const html = (language && highlight?.(code, language)) ?? escapeHtml(code);
  // A block that scrolls sideways must be reachable by keyboard.
  const pre = { class: 'code', ...(label && { 'data-language': label }), tabindex: '0' };
  return `<pre${attributes(pre)}><code>${html}</code></pre>\n`;
};

const createMarkdown = (): MarkdownIt => {
  const md: MarkdownIt = createMarkdownIt({ html: false, linkify: true }).use(footnotes);
  // `views.py` is a file, though .py is a country too: only full addresses become links.
  md.linkify.set({ fuzzyLink: false });
  // Not part of GFM, and it nests without a bound.
  md.inline.ruler.disable('footnote_inline');
  md.validateLink = isSafe;
  const { rules } = md.renderer;
  rules.link_open = (tokens, index, options, _env, self) => {
    const token = tokens[index] as Token;
    if (!attribute(token, 'href').startsWith('#')) token.attrSet('rel', REL);
    return self.renderToken(tokens, index, options);
  };
  rules.image = (tokens, index) => picture(tokens[index] as Token);
  rules.fence = (tokens, index, _options, env) => {
    const { content, info } = tokens[index] as Token;
    return codeBlock(content.replace(/\n$/, ''), info, env?.highlight as Highlight | undefined);
  };
  rules.code_block = (tokens, index) =>
    codeBlock((tokens[index] as Token).content.replace(/\n$/, ''), '', undefined);
  rules.list_item_open = (tokens, index, options, _env, self) => {
    const token = tokens[index] as Token;
    const item = self.renderToken(tokens, index, options);
    const { step } = (token.meta ?? {}) as { step?: number };
    if (step === undefined) return item;
    // Lies over the number, which the list itself shows.
    const href = `#${attribute(token, 'id')}`;
    const link = attributes({ class: 'step', href, 'aria-label': `Step ${step}` });
    return item.replace('>', () => `><a${link}></a>`);
  };
  rules.table_open = () =>
    '<div class="table" role="region" aria-label="Table" tabindex="0"><table>\n';
  rules.table_close = () => '</table></div>\n';
  rules.task_mark = (tokens, index) =>
    (tokens[index] as Token).meta?.done
      ? '<input type="checkbox" disabled checked aria-label="Done"> '
      : '<input type="checkbox" disabled aria-label="To do"> ';
  rules.footnote_block_open = () =>
    '<section class="footnotes" aria-label="Footnotes">\n<ol class="footnotes-list">\n';
  rules.footnote_caption = (tokens, index) => String(Number((tokens[index] as Token).meta?.id) + 1);
  const backref = rules.footnote_anchor;
  rules.footnote_anchor = (...args) =>
    (backref?.(...args) ?? '').replace('<a ', '<a aria-label="Back to the text" ');
  return md;
};

const anchorOf = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'part';

/** Gives every heading an id; `#` becomes an h2, because the page's h1 is the title. */
const markHeadings = (tokens: Token[]): TocEntry[] => {
  const used = new Map<string, number>();
  const freeId = (anchor: string): string => {
    const count = (used.get(anchor) ?? 0) + 1;
    used.set(anchor, count);
    // A counted id may itself be the text of another heading: `a`, `a`, `a 2`.
    return count === 1 ? `h-${anchor}` : freeId(`${anchor}-${count}`);
  };
  const toc: TocEntry[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    const tag = token.tag === 'h1' ? 'h2' : token.tag;
    const text = plainText(tokens[index + 1]?.children ?? []).trim();
    const id = freeId(anchorOf(text));
    token.attrSet('id', id);
    for (const each of [token, tokens[index + 2]]) if (each) each.tag = tag;
    toc.push({ id, level: token.level === 0 ? Number(tag[1]) : DEEP, text });
  }
  return toc.filter(({ level, text }) => level <= 3 && text).slice(0, TOC_MAX);
};

type Steps = { name: string; next: number };

/** Gives the steps of a numbered list an id of their own, named after the heading above them. */
const markSteps = (tokens: Token[]) => {
  const used = new Set<string>();
  const begin = (token: Token, section: string): Steps => {
    let name = `s-${section}`;
    for (let count = 2; used.has(name); count += 1) name = `s-${section}-list-${count}`;
    used.add(name);
    return { name, next: Number(token.attrGet('start') ?? 1) };
  };
  const mark = (token: Token, steps: Steps) => {
    const step = steps.next;
    steps.next += 1;
    const id = `${steps.name}-${step}`;
    // Another list may have been given this name.
    if (used.has(id)) return;
    used.add(id);
    token.attrSet('id', id);
    token.meta = { step };
  };
  let section = 'start';
  let list: Steps | null = null;
  for (const token of tokens) {
    if (used.size >= STEPS_MAX) return;
    const { type, level } = token;
    if (type === 'heading_open' && level === 0) section = attribute(token, 'id').slice('h-'.length);
    if (level === 0) list = type === 'ordered_list_open' ? begin(token, section) : null;
    if (type === 'list_item_open' && level === 1 && list) mark(token, list);
  }
};

/** `- [x] done` becomes a list item with a box that shows its state. */
const markTasks = (tokens: Token[]) => {
  for (const [index, token] of tokens.entries()) {
    const item = tokens[index - 2];
    const first = token.children?.[0];
    if (token.type !== 'inline' || item?.type !== 'list_item_open' || first?.type !== 'text')
      continue;
    const mark = /^\[([ xX])\]\s+/.exec(first.content);
    if (!mark) continue;
    first.content = first.content.slice(mark[0].length);
    const box = new (token.constructor as typeof Token)('task_mark', '', 0);
    box.meta = { done: mark[1] !== ' ' };
    token.children?.unshift(box);
    item.attrJoin('class', 'task');
  }
};

/** Columns are aligned by classes: the security policy allows no style attribute. */
const markCells = (tokens: Token[]) => {
  for (const token of tokens) {
    if (token.type !== 'th_open' && token.type !== 'td_open') continue;
    const align = /text-align:(left|center|right)/.exec(attribute(token, 'style'))?.[1];
    token.attrs = (token.attrs ?? []).filter(([name]) => name !== 'style');
    if (align) token.attrSet('class', `align-${align}`);
  }
};

/** A picture in a link must not become a link in a link. */
const markPictures = (children: readonly Token[]) => {
  let open = 0;
  for (const token of children) {
    if (token.type === 'link_open') open += 1;
    if (token.type === 'link_close') open -= 1;
    if (token.type === 'image' && open > 0) token.meta = { inLink: true };
  }
};

const refuseLongAddresses = (tokens: readonly Token[]) => {
  const attributesOf = tokens.flatMap(({ children }) =>
    (children ?? []).flatMap(({ attrs }) => attrs ?? []),
  );
  const length = attributesOf.reduce((sum, [, value]) => sum + String(value).length, 0);
  if (length > ADDRESSES_MAX) throw new Error('the addresses of this text are too long');
};

const languagesIn = (tokens: readonly Token[]) =>
  tokens
    .filter(({ type }) => type === 'fence')
    .map(({ info }) => languageOf(info.trim().split(/\s+/)[0] ?? ''))
    .filter((language) => language !== null);

const markdown = createMarkdown();

/**
 * Markdown as safe HTML: no HTML of the writer's, no scheme but http, https and mailto, no inline
 * style. It may throw or take long on a hostile text: `renderer.ts` bounds it.
 */
export const renderMarkdown = async (body: string): Promise<Rendered> => {
  const env: Record<string, unknown> = {};
  const tokens = markdown.parse(body, env);
  const toc = markHeadings(tokens);
  markSteps(tokens);
  markTasks(tokens);
  markCells(tokens);
  for (const { children } of tokens) markPictures(children ?? []);
  refuseLongAddresses(tokens);
  env.highlight = await highlightFor(languagesIn(tokens));
  const html = markdown.renderer.render(tokens, markdown.options, env);
  if (html.length > HTML_MAX) throw new Error('this text grows too long');
  return { html, toc, minutes: minutesOf(tokens), excerpt: excerptOf(tokens) };
};
