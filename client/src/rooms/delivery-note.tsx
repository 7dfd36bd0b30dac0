import type { LineContext } from './line-context.ts';
import { discard, retry } from './say.ts';
import { otherOf } from './state.ts';
import type { Line } from './timeline.ts';

type Props = { line: Line; last: boolean; context: LineContext };

/** How far my message has come: always when it is on its way or failed, else below my last one. */
export const DeliveryNote = ({ line, last, context }: Props) => {
  const { message, mine, delivery, error } = line;
  if (!mine || message.deleted) return null;
  if (delivery === 'sending') return <p class="delivery">Sending</p>;
  if (delivery === 'sent') return <p class="delivery">Sent</p>;
  if (delivery === 'failed') return <Failed clientId={message.clientId ?? ''} error={error} />;
  if (!last) return null;
  return <p class="delivery">{isSeen(message.n, context) ? 'Seen' : 'Sent'}</p>;
};

const Failed = ({ clientId, error }: { clientId: string; error: string | undefined }) => (
  <p class="delivery failed" role="alert">
    Not sent{error ? `: ${error}` : '.'}{' '}
    <button type="button" class="text-button" onClick={() => retry(clientId)}>
      Retry
    </button>{' '}
    <button type="button" class="text-button" onClick={() => discard(clientId)}>
      Discard
    </button>
  </p>
);

const isSeen = (n: number, { conversation }: LineContext): boolean => {
  const room = conversation.room.value;
  const other = room && otherOf(room);
  return (
    other !== undefined && other !== null && (conversation.reads.value.get(other.id) ?? 0) >= n
  );
};
