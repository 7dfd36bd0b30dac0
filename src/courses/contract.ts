import { z } from 'zod';
import { Person } from '../accounts/contract.ts';
import { ArticleCard } from '../articles/contract.ts';
import { ClientId, Id, Time, text } from '../wire/contract.ts';

export const CourseCard = z.object({
  id: Id,
  slug: z.string(),
  title: z.string(),
  author: Person,
  count: z.int(),
  updatedAt: Time,
});
export type CourseCard = z.infer<typeof CourseCard>;
export const Course = CourseCard.extend({
  html: z.string(),
  body: z.string().optional(),
  articles: z.array(ArticleCard),
});
export type Course = z.infer<typeof Course>;

const words = { title: text(1, 150), body: text(0, 20_000) };
export const NewCourse = z.strictObject({
  ...words,
  /** Sent again with the same one, a course is stored once. */
  clientId: ClientId.optional(),
});
export type NewCourse = z.infer<typeof NewCourse>;
export const CourseChange = z.strictObject(words).partial();
export type CourseChange = z.infer<typeof CourseChange>;
export const CourseOrder = z.strictObject({
  articleIds: z
    .array(Id)
    .max(200)
    .refine((ids) => new Set(ids).size === ids.length, 'has an article twice'),
});
