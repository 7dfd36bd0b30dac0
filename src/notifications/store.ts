import type { NotificationKind } from './contract.ts';

/** Where a notification leads, and what its words are made from. */
export type Place = { roomId?: string; messageId?: string; articleId?: string };

/** One counted act; `by` is missing where it was counted before it was kept. */
export type Cause = { id: string; at: string; by?: string };

export type NotificationRecord = {
  id: string;
  userId: string;
  kind: NotificationKind;
  /** Together with the kind there is one row of a person for it. */
  subject: string;
  /** Distinct, the latest first, at most 100. */
  people: string[];
  /** How many distinct people, also beyond those listed. */
  count: number;
  place: Place;
  at: string;
  readAt: string | null;
  /** Grows with every change. */
  rev: number;
  /** What was counted last, so that nothing is counted twice; by time, at most 50. */
  causes: Cause[];
  /** Whatever happened up to then was counted. */
  since: string;
};

/** The sort key of the last row shown. */
export type After = { at: string; id: string };

export type NotificationsStore = {
  findBySubject(
    userId: string,
    kind: NotificationKind,
    subject: string,
  ): Promise<NotificationRecord | null>;
  /** Stores a first row (`rev` 1) or the next one of its row; false when another was faster. */
  put(record: NotificationRecord): Promise<boolean>;
  /** Stores first rows of many people at once; answers those that had none yet. */
  addMany(records: readonly NotificationRecord[]): Promise<NotificationRecord[]>;
  /** Newest first. */
  list(userId: string, page: { after?: After; limit: number }): Promise<NotificationRecord[]>;
  find(userId: string, ids: readonly string[]): Promise<NotificationRecord[]>;
  /** The rows of a person that name another. */
  listNaming(userId: string, personId: string, limit: number): Promise<NotificationRecord[]>;
  /** The rows of anybody about this subject that counted this act. */
  listCaused(
    about: Pick<NotificationRecord, 'kind' | 'subject'>,
    causeId: string,
    limit: number,
  ): Promise<NotificationRecord[]>;
  /** Removes a row as it was read; false when it has changed since or is gone. */
  remove(row: Pick<NotificationRecord, 'userId' | 'id' | 'rev'>): Promise<boolean>;
  /** Those of a person that are unread and not newer than `upTo`, as they are before it. */
  markReadUpTo(userId: string, upTo: After, readAt: string): Promise<string[]>;
  /** Answers the ids that were unread. */
  markRead(userId: string, ids: readonly string[], readAt: string): Promise<string[]>;
  /** Counted, never kept; 1,000 stands for more. People without any are left out. */
  unreadOf(userIds: readonly string[]): Promise<Map<string, number>>;
};

/** More than this is not counted. */
export const UNREAD_MAX = 1_000;
/** So many rows become read by one call. */
export const READ_MAX = 1_000;
