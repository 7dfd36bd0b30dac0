import type { Article } from '../../../src/articles/contract.ts';
import type { PageContent, PageData } from '../../../src/pages/contract.ts';

const SITE = 'Lyceum';
const TAGLINE = 'Share what you know, and talk about it live.';

type Head = {
  title: string;
  description: string;
  path?: string;
  type?: 'article' | 'profile' | 'website';
  feed?: { href: string; title: string };
  json?: object;
  hidden?: boolean;
  more?: string[];
};

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
const meta = (name: string, content: string): string =>
  `<meta name="${name}" content="${escaped(content)}">`;
const property = (name: string, content: string): string =>
  `<meta property="${name}" content="${escaped(content)}">`;

/** Everything for <head> that depends on the page. */
export function headOf(path: string, data: PageData): string {
  const head = describe(path, data.content, data.origin);
  const address = `${data.origin}${head.path ?? path}`;
  const feed = head.feed ?? { href: '/feed.xml', title: SITE };
  return [
    `<title>${escaped(head.title === SITE ? SITE : `${head.title} · ${SITE}`)}</title>`,
    meta('description', head.description),
    head.hidden ? meta('robots', 'noindex') : `<link rel="canonical" href="${escaped(address)}">`,
    `<link rel="alternate" type="application/atom+xml" title="${escaped(feed.title)}" href="${escaped(feed.href)}">`,
    property('og:site_name', SITE),
    property('og:title', head.title),
    property('og:description', head.description),
    property('og:type', head.type ?? 'website'),
    property('og:url', address),
    meta('twitter:card', 'summary'),
    ...(head.more ?? []),
    // A data block is not a script to the content security policy; `<` could still end it.
    head.json
      ? `<script type="application/ld+json">${JSON.stringify(head.json).replaceAll('<', '\\u003c')}</script>`
      : '',
  ].join('\n    ');
}

function describe(path: string, content: PageContent, origin: string): Head {
  switch (content.page) {
    case 'home':
      return { title: SITE, description: TAGLINE };
    case 'article':
      return articleHead(content.article, origin);
    case 'history':
      return {
        title: `History of ${content.article.title}`,
        description: `The versions of this article, and what changed from one to the next.`,
        hidden: true,
      };
    case 'tag':
      return {
        title: `#${content.tag.tag}`,
        description: `Articles about ${content.tag.tag}.`,
        feed: { href: `/t/${content.tag.tag}/feed.xml`, title: `#${content.tag.tag} · ${SITE}` },
      };
    case 'profile': {
      const { name, username, bio } = content.profile;
      return {
        title: name,
        description: bio || `Articles by ${name}.`,
        path: `/@${username}`,
        type: 'profile',
        feed: { href: `/@${username}/feed.xml`, title: `${name} · ${SITE}` },
      };
    }
    case 'course':
      return {
        title: content.course.title,
        description: `A course of ${content.course.articles.length} articles by ${content.course.author.name}.`,
        path: `/c/${content.course.slug}`,
      };
    case 'app':
      return { title: appTitle(path), description: TAGLINE, hidden: true };
    case 'error':
      return {
        title: content.status > 0 ? `Error ${content.status}` : 'Offline',
        description: TAGLINE,
        hidden: true,
      };
  }
}

function articleHead(article: Article, origin: string): Head {
  const address = `${origin}/a/${article.slug}`;
  const dates = {
    ...(article.publishedAt ? { datePublished: article.publishedAt } : {}),
    dateModified: article.updatedAt,
  };
  return {
    title: article.title,
    description: article.excerpt,
    path: `/a/${article.slug}`,
    type: 'article',
    feed: { href: `/a/${article.slug}/responses.xml`, title: `Responses to ${article.title}` },
    hidden: article.state === 'draft',
    more: [
      ...(article.publishedAt ? [property('article:published_time', article.publishedAt)] : []),
      property('article:modified_time', article.updatedAt),
      ...article.tags.map((tag) => property('article:tag', tag)),
      meta('author', article.author.name),
    ],
    json: {
      '@context': 'https://schema.org',
      '@type': 'Article',
      headline: article.title,
      description: article.excerpt,
      url: address,
      mainEntityOfPage: address,
      ...dates,
      keywords: article.tags.join(', '),
      commentCount: article.responses,
      author: {
        '@type': 'Person',
        name: article.author.name,
        url: `${origin}/@${article.author.username}`,
      },
      publisher: { '@type': 'Organization', name: SITE, url: origin },
    },
  };
}

const APP_TITLES: [prefix: string, title: string][] = [
  ['/chat', 'Chat'],
  ['/people', 'People'],
  ['/notifications', 'Notifications'],
  ['/write/course', 'Course'],
  ['/write', 'Write'],
  ['/settings', 'Settings'],
  ['/login', 'Log in'],
  ['/join', 'Join'],
  ['/forgot', 'Forgot password'],
  ['/reset', 'New password'],
  ['/dev/gallery', 'Gallery'],
  ['/verify', 'Confirm your email'],
];
const appTitle = (path: string): string =>
  APP_TITLES.find(([prefix]) => path.startsWith(prefix))?.[1] ?? SITE;
