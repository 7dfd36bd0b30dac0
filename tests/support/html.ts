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

const linkAttributes = [
  'href',
  'src',
  'action',
  'formaction',
  'srcset',
  'poster',
  'data',
  'xlink:href',
];
const safeLink = /^(https?:|mailto:|#|\/(?!\/)|\.{0,2}\/?[\w%-][^:]*$)/i;

/** What could run in a reader's browser: handlers, foreign or inline script, links with a scheme that acts. */
export const activeParts = (
  elements: readonly Element[],
  allowScript: (script: Element) => boolean,
): string[] =>
  elements.flatMap((element) => {
    const found: string[] = [];
    const { tagName, attrs } = element;
    if (tagName === 'script' && !allowScript(element)) found.push('script');
    if (['iframe', 'object', 'embed', 'base', 'svg', 'math', 'form', 'style'].includes(tagName))
      found.push(tagName);
    for (const { name, value } of attrs) {
      if (name.startsWith('on') || name === 'style' || name === 'srcdoc')
        found.push(`${tagName} ${name}`);
      // A browser drops tabs, newlines and control characters before it reads the scheme.
      const link = [...value].filter((char) => char > ' ').join('');
      if (linkAttributes.includes(name) && link !== '' && !safeLink.test(link))
        found.push(`${tagName} ${name}=${value.slice(0, 60)}`);
    }
    return found;
  });
