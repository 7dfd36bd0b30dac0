import type { SearchKind } from './contract.ts';
import type { Wanted } from './words.ts';

/**
 * Something that can be found. `place` says for whom: everybody's places have the name of their
 * kind, a private room has its own.
 */
export type Doc = {
  kind: SearchKind;
  id: string;
  place: string;
  authorId: string;
  roomId: string | null;
  at: string;
  /** A later state has a higher one; an earlier state never replaces it. */
  rev: number;
  title: string;
  /** For the snippet, where it may be kept; empty for messages. */
  text: string;
  titleWords: readonly string[];
  words: readonly string[];
};
export type Hit = Pick<Doc, 'kind' | 'id' | 'authorId' | 'at' | 'title' | 'text'> & {
  /** Where a search goes on after this one; the store's own. */
  key: string;
};
export type Search = Wanted & {
  places: readonly string[];
  /** Whether the words must stand in the title, or may stand anywhere. */
  inTitle: boolean;
  limit: number;
  after: string | null;
};

/** What was said in one room that everybody may read. */
export type TalkIn = { roomId: string; count: number; people: number; at: string };

export type SearchStore = {
  /** Each by itself, in this order; an earlier state of one leaves a later one as it is. */
  put(docs: readonly Doc[]): Promise<void>;
  remove(kind: SearchKind, id: string): Promise<void>;
  /**
   * Takes up a part of what has happened in the log of the rooms since the last time; answers whether
   * there may be more. null where the log has no order that could be followed: what is said is put
   * like all else.
   */
  follow: (() => Promise<boolean>) | null;
  /** Articles and people with all of the words, newest first. */
  search(search: Search): Promise<Hit[]>;
  /** What was said with all of the words, newest first. */
  said(search: Omit<Search, 'inTitle'>): Promise<Hit[]>;
  /** Of these people, who has responded in rooms where `userId` has, and in which. */
  talkedWith(
    userId: string,
    otherIds: readonly string[],
    limit: number,
  ): Promise<{ userId: string; roomId: string }[]>;
  /** Where everybody may read: the newest `limit` words said since then, by room, the latest first. */
  talk(since: string, limit: number): Promise<TalkIn[]>;
};

/** Everybody may find what is in the place of its kind; in a private room only who is in it. */
export const roomPlace = (roomId: string): string => `room:${roomId}`;
