import { z } from 'zod';
import { Person } from '../accounts/contract.ts';
import { PersonWithReasons } from '../people/contract.ts';
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

/** A conversation that everybody may read, and what was said in it during the last day. */
export const Talk = z.object({
  kind: z.enum(['article', 'public']),
  title: z.string(),
  url: z.string(),
  count: z.int(),
  people: z.int(),
  at: Time,
});
export type Talk = z.infer<typeof Talk>;
/** What is going on: who is here, with reasons for who is logged in, and where one talks. */
export const Now = z.object({ online: z.array(PersonWithReasons), talk: z.array(Talk) });
export type Now = z.infer<typeof Now>;
