import { readLocalJson, writeLocal } from '../local.ts';

/** What was typed and not sent, per room; kept in this browser until it is sent or emptied. */
export type Draft = { body: string; replyTo: string | null };

const EMPTY: Draft = { body: '', replyTo: null };
const keyOf = (roomId: string) => `draft:${roomId}`;

export function readDraft(roomId: string): Draft {
  const found = readLocalJson(keyOf(roomId));
  // Chatting works without drafts too.
  return isDraft(found) ? found : EMPTY;
}

export function keepDraft(roomId: string, draft: Draft): void {
  const isEmpty = draft.body === '' && !draft.replyTo;
  writeLocal(keyOf(roomId), isEmpty ? null : JSON.stringify(draft));
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const { body, replyTo } = value as Record<string, unknown>;
  return typeof body === 'string' && (replyTo === null || typeof replyTo === 'string');
}
