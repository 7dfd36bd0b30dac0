import type { Message } from '../../../src/rooms/contract.ts';
import { Time } from '../ui/time.tsx';
import { mayUndo, undo } from '../undo/state.ts';
import type { LineContext } from './line-context.ts';
import { MessageBody } from './message-body.tsx';
import { plainOf } from './words.ts';

type Props = { message: Message; context: LineContext; leaving: boolean };

/** The words of one message with what they answer, or what is left of them. */
export const Bubble = ({ message, context, leaving }: Props) => {
  if (message.deleted) return <p class="bubble stub">Message deleted</p>;
  if (leaving) {
    return (
      <p class="bubble stub">
        Message deleted{' '}
        {mayUndo(message.id) && (
          <button type="button" class="text-button" onClick={() => undo(message.id)}>
            Undo
          </button>
        )}
      </p>
    );
  }
  return (
    <div class="bubble">
      {message.replyTo && <Quote messageId={message.replyTo} context={context} />}
      <MessageBody message={message} />
      {message.editedAt && (
        <span class="edited">
          {' '}
          edited <Time at={message.editedAt} format="clock" class="visually-hidden" />
        </span>
      )}
    </div>
  );
};

const Quote = ({ messageId, context }: { messageId: string; context: LineContext }) => {
  const quoted = context.find(messageId);
  return (
    <button type="button" class="quote" onClick={() => context.onJump(messageId)}>
      <strong>{quoted ? (quoted.sender?.name ?? 'Somebody') : 'An earlier message'}</strong>
      {quoted && <span>{quoted.deleted ? 'Message deleted' : plainOf(quoted.body)}</span>}
    </button>
  );
};
