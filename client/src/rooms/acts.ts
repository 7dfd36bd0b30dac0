import { signal } from '@preact/signals';
import type { Message } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { ask } from '../net/socket.ts';
import { removeSoon } from '../undo/state.ts';

/** Reactions of mine that the room has not told yet: `message|emoji` -> on. */
const pendingReactions = signal<ReadonlyMap<string, boolean>>(new Map());
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

/** Deletes after the time to undo is over. */
export const deleteSoon = ({ id, roomId }: Message, words = 'Message deleted.'): void =>
  removeSoon({ id, path: `/api/rooms/${roomId}/messages/${id}`, words });
