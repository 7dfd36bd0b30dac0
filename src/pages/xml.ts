import { escapeHtml } from '../platform/html.ts';

/** What XML has no way to write, not even escaped: control characters and halves of pairs. */
const unwritable = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** Text between tags or in a quoted attribute of an XML document. */
export const escapeXml = (text: string): string => escapeHtml(text.replace(unwritable, ''));

const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`;
const link = (rel: string, href: string): string =>
  `<link rel="${rel}" href="${escapeXml(href)}"/>`;
const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n';

export type Entry = {
  /** Never changes; a URL. */
  id: string;
  title: string;
  url: string;
  author: { name: string; url: string };
  published: string;
  updated: string;
  summary?: string;
  html: string;
  tags?: readonly string[];
};
export type Feed = {
  title: string;
  /** Of the feed itself, and of the page that shows the same. */
  url: string;
  page: string;
  /** When there is no entry. */
  updated: string;
  entries: readonly Entry[];
};

const entryXml = (entry: Entry): string =>
  [
    '<entry>',
    element('id', entry.id),
    element('title', entry.title),
    link('alternate', entry.url),
    element('published', entry.published),
    element('updated', entry.updated),
    `<author>${element('name', entry.author.name)}${element('uri', entry.author.url)}</author>`,
    ...(entry.tags ?? []).map((tag) => `<category term="${escapeXml(tag)}"/>`),
    ...(entry.summary ? [element('summary', entry.summary)] : []),
    // The links in it are those of its page.
    `<content type="html" xml:base="${escapeXml(entry.url)}">${escapeXml(entry.html)}</content>`,
    '</entry>',
  ].join('\n');

/** An Atom document (RFC 4287). */
export const atom = ({ title, url, page, updated, entries }: Feed): string => {
  const newest =
    entries
      .map((entry) => entry.updated)
      .sort()
      .at(-1) ?? updated;
  return [
    `${DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom">`,
    element('id', url),
    element('title', title),
    link('self', url),
    link('alternate', page),
    element('updated', newest),
    ...entries.map(entryXml),
    '</feed>\n',
  ].join('\n');
};

/** A site map (sitemaps.org). */
export const siteMap = (pages: readonly { url: string; updatedAt?: string }[]): string => {
  const urls = pages.map(
    ({ url, updatedAt }) =>
      `<url>${element('loc', url)}${updatedAt ? element('lastmod', updatedAt) : ''}</url>`,
  );
  return `${DECLARATION}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`;
};
