import { z } from 'zod';
import { Person } from '../accounts/contract.ts';
import { Id, pageQuery, Time } from '../wire/contract.ts';

export const SearchKind = z.enum(['articles', 'responses', 'people', 'messages']);
export type SearchKind = z.infer<typeof SearchKind>;

export const SearchQuery = z.strictObject({
  ...pageQuery,
  q: z.string().max(200),
  /** All of them, when it is not given. */
  kind: SearchKind.optional(),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

export const SearchHit = z.object({
  kind: SearchKind,
  id: Id,
  /** The article, the room or the person's name. */
  title: z.string(),
  /** The words around the first match, as plain text. */
  snippet: z.string(),
  /** Where the matches are in the snippet: start and length. */
  marks: z.array(z.tuple([z.int(), z.int()])),
  url: z.string(),
  at: Time,
  /** Who wrote it, or is it. */
  person: Person,
});
export type SearchHit = z.infer<typeof SearchHit>;
