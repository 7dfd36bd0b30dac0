/** What was typed and not sent, per room; kept in this browser until it is sent or emptied. */
export type Draft = { body: string; replyTo: string | null };

const EMPTY: Draft = { body: '', replyTo: null };
const keyOf = (roomId: string) => `draft:${roomId}`;

export function readDraft(roomId: string): Draft {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(keyOf(roomId)) ?? 'null');
    return isDraft(found) ? found : EMPTY;
  } catch {
    // No storage (private window, blocked) or a broken entry: chatting works without drafts.
    return EMPTY;
  }
}

export function keepDraft(roomId: string, draft: Draft): void {
  try {
    if (draft.body === '' && !draft.replyTo) localStorage.removeItem(keyOf(roomId));
    else localStorage.setItem(keyOf(roomId), JSON.stringify(draft));
  } catch {
    // The same: nothing to keep it in.
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const { body, replyTo } = value as Record<string, unknown>;
  return typeof body === 'string' && (replyTo === null || typeof replyTo === 'string');
}
