import type { Message } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { discard, outgoing, retry, send } from '../net/outbox.ts';
import { isHidden } from '../undo/state.ts';
import type { Conversation } from './conversation.ts';
import type { Waiting } from './timeline.ts';

export { discard, retry };

/** Puts a message of mine on its way; it is shown at once and kept until it is stored. */
export const say = (
  { roomId, clearReadLine }: Conversation,
  body: string,
  replyTo: string | null,
): void => {
  const me = viewer.value;
  if (!me) return;
  clearReadLine();
  void send({ roomId, senderId: me.id, body, replyTo });
};

/** My messages that the log does not show yet, as the messages they will be. */
export const waitingIn = (roomId: string): Waiting[] => {
  const me = viewer.value;
  return outgoing.value
    .filter((entry) => entry.roomId === roomId && entry.senderId === me?.id)
    .map(({ state, error, sent, ...unsent }) => ({
      delivery: state,
      error,
      message: {
        id: sent?.id ?? unsent.clientId,
        roomId,
        seq: sent?.seq ?? 0,
        n: sent?.n ?? Number.MAX_SAFE_INTEGER,
        sender: me,
        clientId: unsent.clientId,
        body: unsent.body,
        at: sent?.at ?? unsent.at,
        editedAt: null,
        deleted: false,
        replyTo: unsent.replyTo,
        threadId: null,
        reactions: {},
      },
    }));
};

export const myLastMessage = ({ log }: Conversation): Message | undefined =>
  log.value?.messages.findLast(
    ({ id, sender, deleted }) => sender?.id === viewer.value?.id && !deleted && !isHidden(id),
  );
