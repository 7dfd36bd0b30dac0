import type { Article } from '../articles/contract.ts';

/** An article as Markdown with what is known about it on top; every value is also JSON. */
export const markdownTwin = (article: Article, body: string, origin: string): string => {
  const { title, author, publishedAt, updatedAt, tags, slug, course } = article;
  const facts: Record<string, unknown> = {
    title,
    author: author.name,
    username: author.username,
    url: `${origin}/a/${slug}`,
    published: publishedAt,
    updated: updatedAt,
    tags,
    ...(course && { course: course.title, part: course.position }),
  };
  const lines = Object.entries(facts).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `---\n${lines.join('\n')}\n---\n\n# ${title}\n\n${body.trimEnd()}\n`;
};
