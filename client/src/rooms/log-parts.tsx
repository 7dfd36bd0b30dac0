import { ArrowDown } from 'lucide';
import { useState } from 'preact/hooks';
import type { Message } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { Icon } from '../ui/icon.tsx';
import type { Conversation } from './conversation.ts';
import { dayName, exactly } from './days.ts';
import { otherOf } from './state.ts';

export const DayLine = ({ at }: { at: string }) => (
  <p class="day-line">
    <time dateTime={at} title={exactly(at)}>
      {dayName(at)}
    </time>
  </p>
);

export const UnreadLine = () => <p class="unread-line">New messages</p>;

/** What stands above the first message: more to come, the beginning, or nothing yet. */
export const Beginning = ({
  conversation,
  empty,
}: {
  conversation: Conversation;
  empty: boolean;
}) => {
  const { older, loadOlder, log } = conversation;
  if (!log.value) return <Waiting />;
  if (empty) return <Empty conversation={conversation} />;
  if (older.value === 'none') return <p class="log-edge">This is where it began.</p>;
  if (older.value !== 'failed') return <p class="log-edge">Loading older messages</p>;
  return (
    <p class="log-edge">
      Older messages did not load.{' '}
      <button type="button" class="text-button" onClick={() => void loadOlder()}>
        Try again
      </button>
    </p>
  );
};

const Empty = ({ conversation: { room } }: { conversation: Conversation }) => {
  const other = room.value && otherOf(room.value);
  return (
    <div class="log-empty">
      <p class="empty-note-title">No messages yet.</p>
      <p>{other ? `Say hello to ${other.name}.` : 'Write the first one.'}</p>
    </div>
  );
};

const Waiting = () => (
  <div class="log-waiting" aria-hidden="true">
    {['60%', '42%', '54%', '30%'].map((width) => (
      <span key={width} class="skeleton" style={{ width }} />
    ))}
  </div>
);

/** Shown away from the end; counts what others wrote since the reader left it. */
export const JumpButton = ({ messages, onJump }: { messages: Message[]; onJump: () => void }) => {
  const [seen] = useState(messages.at(-1)?.n ?? 0);
  const fresh = messages.filter((m) => m.n > seen && m.sender?.id !== viewer.value?.id).length;
  return (
    <button type="button" class="jump-button" data-key="incoming" onClick={onJump}>
      <Icon of={ArrowDown} size={16} />
      Jump to latest{fresh > 0 ? ` (${fresh})` : ''}
    </button>
  );
};
