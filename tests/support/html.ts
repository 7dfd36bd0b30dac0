import { type DefaultTreeAdapterMap, defaultTreeAdapter, parse, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterMap['node'];
export type Element = DefaultTreeAdapterMap['element'];

const elementsIn = (node: Node): Element[] => {
  const children = 'childNodes' in node ? node.childNodes : [];
  const below = children.flatMap(elementsIn);
  return defaultTreeAdapter.isElementNode(node) ? [node, ...below] : below;
};

/** All elements of a whole page, in document order, as a browser parses them. */
export const elementsOfPage = (html: string): Element[] => elementsIn(parse(html));

/** All elements of a piece of HTML, and what a browser would have to mend in it. */
export const elementsOfPiece = (html: string): { elements: Element[]; errors: string[] } => {
  const errors: string[] = [];
  const piece = parseFragment(html, { onParseError: ({ code }) => errors.push(code) });
  return { elements: elementsIn(piece), errors };
};

export const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((each) => each.name === name)?.value;

/** The text inside, as it is read. */
export const textOf = (node: Node): string => {
  if (defaultTreeAdapter.isTextNode(node)) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
};

const linkAttributes = ['href', 'src', 'action', 'formaction', 'poster', 'data', 'xlink:href'];
const harmless = ['http:', 'https:', 'mailto:'];
const neverHere = ['iframe', 'object', 'embed', 'base', 'style', 'template', 'meta', 'link'];
/** What a page of ours has itself, but no text of a writer may bring. */
const neverInText = [...neverHere, 'script', 'svg', 'math', 'form', 'button', 'textarea'];

/** A link as a browser understands it: by its scheme, after what it drops. */
const isHarmlessLink = (value: string): boolean => {
  try {
    return harmless.includes(new URL(value, 'https://here.example/a/page').protocol);
  } catch {
    return true;
  }
};

const activeAttributes = ({ tagName, attrs }: Element): string[] =>
  attrs
    .filter(
      ({ name, value }) =>
        name.startsWith('on') ||
        ['style', 'srcdoc', 'srcset'].includes(name) ||
        (linkAttributes.includes(name) && !isHarmlessLink(value)),
    )
    .map(({ name, value }) => `${tagName} ${name}=${value.slice(0, 60)}`);

/** What in a writer's text could run, load or pretend in a reader's browser. */
export const activeInText = (elements: readonly Element[]): string[] =>
  elements.flatMap((element) => [
    ...(neverInText.includes(element.tagName) ? [element.tagName] : []),
    ...activeAttributes(element),
  ]);

/** The same for a whole page, whose own scripts, styles and icons are recognised by `isOwn`. */
export const activeInPage = (
  elements: readonly Element[],
  isOwn: (element: Element) => boolean,
): string[] =>
  elements.flatMap((element) => [
    ...([...neverHere, 'script'].includes(element.tagName) && !isOwn(element)
      ? [`${element.tagName} ${JSON.stringify(element.attrs)}`]
      : []),
    ...activeAttributes(element),
  ]);
