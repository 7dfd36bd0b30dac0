import { signal } from '@preact/signals';
import type { Message } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { ask } from '../net/socket.ts';

/** Reactions of mine that the room has not told yet: `message|emoji` -> on. */
const pendingReactions = signal<ReadonlyMap<string, boolean>>(new Map());
/** Messages of mine that go for good in a moment: id -> when. */
export const leaving = signal<ReadonlyMap<string, number>>(new Map());

export const UNDO_MS = 10_000;
/** An accepted reaction whose event is late stays on the screen this long. */
const TOLD_SOON_MS = 2_000;

/** A message with my reactions as I see them: at once, before the room tells. */
export const withMyReactions = (message: Message): Message => {
  const meId = viewer.value?.id;
  if (!meId || pendingReactions.value.size === 0) return message;
  const mine = [...pendingReactions.value].filter(([key]) => key.startsWith(`${message.id}|`));
  return mine.reduce((shown, [key, on]) => {
    const emoji = key.slice(message.id.length + 1);
    return { ...shown, reactions: withReaction(shown.reactions, emoji, meId, on) };
  }, message);
};

const withReaction = (
  reactions: Message['reactions'],
  emoji: string,
  personId: string,
  on: boolean,
): Message['reactions'] => {
  const { [emoji]: given = [], ...others } = reactions;
  const rest = given.filter((id) => id !== personId);
  const next = on ? [...rest, personId] : rest;
  // In its old place, so that the chips do not change places under the pointer.
  return next.length > 0 ? { ...reactions, [emoji]: next } : others;
};

/** Shown at once, taken back when the server refuses. */
export const react = async (message: Message, emoji: string, on: boolean): Promise<void> => {
  const key = `${message.id}|${emoji}`;
  const forget = () => {
    const { size } = pendingReactions.value;
    const left = [...pendingReactions.value].filter(
      ([known, wanted]) => known !== key || wanted !== on,
    );
    if (left.length < size) pendingReactions.value = new Map(left);
  };
  pendingReactions.value = new Map(pendingReactions.value).set(key, on);
  try {
    await ask('message:react', { roomId: message.roomId, messageId: message.id, emoji, on });
    setTimeout(forget, TOLD_SOON_MS);
  } catch (error) {
    forget();
    throw error;
  }
};

export const edit = async (message: Message, body: string): Promise<void> => {
  await ask('message:edit', { roomId: message.roomId, messageId: message.id, body });
};

const timers = new Map<string, { timer: ReturnType<typeof setTimeout>; now: () => void }>();

/**
 * Deletes after ten seconds, unless undone. `onFailure` hears why it stayed.
 */
export const deleteSoon = (message: Message, onFailure: (error: unknown) => void): void => {
  if (timers.has(message.id)) return;
  const { id, roomId } = message;
  const now = () => {
    stop(id);
    ask('message:delete', { roomId, messageId: id }).then(
      () => setTimeout(() => forgetLeaving(id), TOLD_SOON_MS),
      (error: unknown) => {
        forgetLeaving(id);
        onFailure(error);
      },
    );
  };
  timers.set(id, { timer: setTimeout(now, UNDO_MS), now });
  leaving.value = new Map(leaving.value).set(id, Date.now() + UNDO_MS);
};

export const undoDelete = (messageId: string): void => {
  stop(messageId);
  forgetLeaving(messageId);
};

/** The page closes: what was to be deleted is deleted now. */
export const deleteNow = (): void => {
  for (const { now } of [...timers.values()]) now();
};

const stop = (messageId: string): void => {
  clearTimeout(timers.get(messageId)?.timer);
  timers.delete(messageId);
};

const forgetLeaving = (messageId: string): void => {
  leaving.value = new Map([...leaving.value].filter(([id]) => id !== messageId));
};
