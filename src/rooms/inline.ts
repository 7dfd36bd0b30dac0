import MarkdownIt from 'markdown-it';

/** Names in a text that may be people: `@ana`, not `me@example.org`. */
const MENTION = /(^|[^\p{L}\p{N}_@/.])@([A-Za-z0-9_]{3,24})(?![\p{L}\p{N}_])/gu;
/** A message calls on this many people at most. */
const MENTIONS_MAX = 20;

const markdown = new MarkdownIt('zero', { html: false, breaks: true, linkify: true }).enable([
  'blockquote',
  'fence',
  'newline',
  'escape',
  'backticks',
  'emphasis',
  'link',
  'linkify',
]);
// Only what names its scheme is a link: `config.ts` is a file more often than a site.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
markdown.validateLink = (url) => /^(https?:\/\/|mailto:)/i.test(url);
type Env = { people: ReadonlySet<string>; inLink: boolean };
const plain: Env = { people: new Set(), inLink: false };
markdown.renderer.rules.link_open = (tokens, index, options, env = plain, renderer) => {
  env.inLink = true;
  tokens[index]?.attrSet('rel', 'ugc nofollow noopener');
  return renderer.renderToken(tokens, index, options);
};
markdown.renderer.rules.link_close = (_tokens, _index, _options, env = plain) => {
  env.inLink = false;
  return '</a>';
};
markdown.renderer.rules.text = (tokens, index, _options, env = plain) => {
  const { people, inLink } = env as Env;
  const escaped = markdown.utils.escapeHtml(tokens[index]?.content ?? '');
  return people.size === 0 || inLink ? escaped : linkPeople(escaped, people);
};

const linkPeople = (escaped: string, people: ReadonlySet<string>): string =>
  escaped.replace(MENTION, (whole, before: string, name: string) =>
    people.has(name.toLowerCase())
      ? `${before}<a class="mention" href="/@${name.toLowerCase()}">@${name}</a>`
      : whole,
  );

/** The usernames that a text calls on, small letters, each once. */
export const mentionedIn = (body: string): string[] => {
  // Most call on nobody, and the pattern is made anew for each text that it is tried on.
  if (!body.includes('@')) return [];
  const names = new Set<string>();
  for (const [, , name] of body.matchAll(MENTION)) {
    if (names.size >= MENTIONS_MAX) break;
    names.add((name ?? '').toLowerCase());
  }
  return [...names];
};

/** Nothing in it has a meaning in Markdown or HTML, may be a link, or stands at its edges. */
const PLAIN = /^(?!\s)(?!.*(?:\/\/|mailto:|~~~))[^\n\r\0<>&"'`*_[\]\\]*$(?<!\s)/i;

/**
 * A small inline subset of Markdown as safe HTML: emphasis, code, quotations, links, line breaks,
 * and links to `people`. null when nothing in it needs HTML.
 */
export const renderInline = (body: string, people: ReadonlySet<string>): string | null => {
  if (people.size === 0 && PLAIN.test(body)) return null;
  const env: Env = { people, inLink: false };
  const html = markdown.render(body, env).trim();
  const isEmpty = /^(<\/?blockquote>|\s)*$/.test(html);
  return isEmpty || html === `<p>${body}</p>` ? null : html;
};
