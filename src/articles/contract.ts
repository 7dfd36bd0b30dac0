import { z } from 'zod';
import { Person } from '../accounts/contract.ts';
import { After, Emoji, RoomJoined } from '../rooms/contract.ts';
import {
  ask,
  ClientId,
  Empty,
  Id,
  pageQuery,
  Time,
  text,
  Username,
  wholeNumber,
} from '../wire/contract.ts';

export const Tag = z.string().regex(/^[a-z0-9-]{1,30}$/, '1 to 30 small letters, digits or -');
const Tags = z
  .array(Tag)
  .max(5)
  .refine((tags) => new Set(tags).size === tags.length, 'has a tag twice');

/** "Part of the course …": where an article stands in a course, counted from 1. */
export const CoursePlace = z.object({
  id: Id,
  slug: z.string(),
  title: z.string(),
  position: z.int(),
  count: z.int(),
  previous: z.object({ slug: z.string(), title: z.string() }).nullable(),
  next: z.object({ slug: z.string(), title: z.string() }).nullable(),
});
export type CoursePlace = z.infer<typeof CoursePlace>;

/** An article without its text, as lists show it. */
export const ArticleCard = z.object({
  id: Id,
  slug: z.string(),
  title: z.string(),
  excerpt: z.string(),
  tags: z.array(z.string()),
  author: Person,
  state: z.enum(['draft', 'published']),
  publishedAt: Time.nullable(),
  updatedAt: Time,
  version: z.int(),
  /** Reading time, at 275 words a minute; at least 1. */
  minutes: z.int(),
  roomId: Id,
  responses: z.int(),
  /** How many gave each emoji to the article itself. */
  reactions: z.record(z.string(), z.int()),
});
export type ArticleCard = z.infer<typeof ArticleCard>;

export const TocEntry = z.object({ id: z.string(), level: z.int(), text: z.string() });
export type TocEntry = z.infer<typeof TocEntry>;

export const Article = ArticleCard.extend({
  html: z.string(),
  toc: z.array(TocEntry),
  /** Markdown: for its author here, for all at `/a/{slug}.md`. */
  body: z.string().optional(),
  course: CoursePlace.optional(),
  /** The emojis that the reader gave; none without an account. */
  reacted: z.array(z.string()).optional(),
});
export type Article = z.infer<typeof Article>;

const Title = text(1, 150);
const Body = text(1, 200_000);
export const NewArticle = z.strictObject({
  title: Title,
  body: Body,
  tags: Tags.optional(),
  publish: z.boolean().optional(),
  /** Makes a resend harmless: it is answered with the article that was stored the first time. */
  clientId: ClientId.optional(),
});
export type NewArticle = z.infer<typeof NewArticle>;
export const ArticleChange = z.strictObject({
  title: Title.optional(),
  body: Body.optional(),
  tags: Tags.optional(),
  baseVersion: z.int().min(1),
});
export type ArticleChange = z.infer<typeof ArticleChange>;

export const ArticlesQuery = z.strictObject({
  ...pageQuery,
  tag: Tag.optional(),
  author: Username.optional(),
  feed: z.enum(['latest', 'following']).optional(),
  course: z.string().max(200).optional(),
  /** Only with `author` = me. */
  state: z.enum(['draft', 'published']).optional(),
});
export type ArticlesQuery = z.infer<typeof ArticlesQuery>;

export const Revision = z.object({
  version: z.int(),
  title: z.string(),
  at: Time,
  by: Person,
  size: z.int(),
});
export type Revision = z.infer<typeof Revision>;
/** `grew`: characters more than the version before it, or fewer; null for the first one. */
export const ListedRevision = Revision.extend({ grew: z.int().nullable() });
export type ListedRevision = z.infer<typeof ListedRevision>;
export const FullRevision = Revision.extend({ body: z.string(), tags: z.array(z.string()) });
export type FullRevision = z.infer<typeof FullRevision>;

export const DifferencePiece = z.object({
  kind: z.enum(['same', 'added', 'removed']),
  text: z.string(),
});
export type DifferencePiece = z.infer<typeof DifferencePiece>;
/** Some lines of the text, piece by piece; or how many unchanged ones are left out here. */
export const DifferencePart = z.union([
  z.object({ pieces: z.array(DifferencePiece) }),
  z.object({ skipped: z.int() }),
]);
export type DifferencePart = z.infer<typeof DifferencePart>;
/** What became of one version in another; `from` null: there was none before. */
export const Difference = z.object({
  from: Revision.nullable(),
  to: Revision,
  title: z.array(DifferencePiece),
  tags: z.array(DifferencePiece),
  /** Of the Markdown. */
  parts: z.array(DifferencePart),
});
export type Difference = z.infer<typeof Difference>;
export const DifferenceQuery = z.strictObject({
  /** The version before it, when it is not given. */
  from: wholeNumber.optional(),
});
export type DifferenceQuery = z.infer<typeof DifferenceQuery>;

export const PreviewRequest = z.strictObject({ body: z.string().max(200_000) });
export const Preview = z.object({
  html: z.string(),
  minutes: z.int(),
  toc: z.array(TocEntry),
});
export type Preview = z.infer<typeof Preview>;

export const TagCount = z.object({ tag: z.string(), articles: z.int(), following: z.boolean() });
export type TagCount = z.infer<typeof TagCount>;

export const ArticleReaction = z.strictObject({ emoji: Emoji, on: z.boolean() });
export type ArticleReaction = z.infer<typeof ArticleReaction>;

export const Readers = z.object({
  count: z.int(),
  /** At most 20, and only those who let others see them. */
  people: z.array(Person),
});
export type Readers = z.infer<typeof Readers>;

export const articleAsks = {
  'article:join': ask(
    z.strictObject({ articleId: Id, after: After.optional() }),
    RoomJoined.extend({ readers: Readers }),
  ),
  'article:leave': ask(z.strictObject({ articleId: Id }), Empty),
};
export const articleTells = {
  'article:readers': Readers.extend({ articleId: Id }),
};
