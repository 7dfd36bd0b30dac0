export type Xml = {
  name: string;
  attributes: Record<string, string>;
  children: Xml[];
  text: string;
};

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
const unescaped = (text: string): string => {
  if (/[<>]/.test(text)) throw new Error(`a bare mark in ${text}`);
  if (/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(text))
    throw new Error('a character that XML cannot hold');
  return text.replace(/&[^;]*;?/g, (entity) => {
    const found = entities[entity];
    if (found === undefined) throw new Error(`unknown entity ${entity}`);
    return found;
  });
};

const attributesOf = (source: string): Record<string, string> => {
  const attributes: Record<string, string> = {};
  const rest = source.replace(/\s+([\w:-]+)="([^"]*)"/g, (_all, name: string, value: string) => {
    if (Object.hasOwn(attributes, name)) throw new Error(`${name} twice`);
    attributes[name] = unescaped(value);
    return '';
  });
  if (rest.trim()) throw new Error(`not an attribute: ${rest}`);
  return attributes;
};

/** A strict reader of the XML that feeds are made of; throws at the first thing that is not well-formed. */
export const parseXml = (source: string): Xml => {
  const declared = /^<\?xml version="1\.0" encoding="utf-8"\?>\n/.exec(source);
  if (!declared) throw new Error('no declaration');
  const top: Xml = { name: '', attributes: {}, children: [], text: '' };
  const open: Xml[] = [top];
  let at = declared[0].length;
  const mark = /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/y;
  while (at < source.length) {
    const here = open.at(-1) as Xml;
    const next = source.indexOf('<', at);
    const end = next < 0 ? source.length : next;
    here.text += unescaped(source.slice(at, end));
    if (next < 0) break;
    mark.lastIndex = next;
    const found = mark.exec(source);
    if (!found) throw new Error(`not a mark: ${source.slice(next, next + 80)}`);
    const [whole, closing, name = '', attributes = '', empty] = found;
    if (closing) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
    } else {
      const element = { name, attributes: attributesOf(attributes), children: [], text: '' };
      here.children.push(element);
      if (!empty) open.push(element);
    }
    at = next + whole.length;
  }
  const [root, ...more] = top.children;
  if (!root || more.length > 0 || open.length > 1 || top.text.trim())
    throw new Error('not one whole document');
  return root;
};
