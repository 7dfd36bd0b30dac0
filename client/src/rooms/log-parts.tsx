import { ArrowDown, X } from 'lucide';
import { useState } from 'preact/hooks';
import type { Message } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { IconButton } from '../ui/button.tsx';
import { exactDate } from '../ui/date-format.ts';
import { Icon } from '../ui/icon.tsx';
import type { Conversation } from './conversation.ts';
import { dayName } from './days.ts';
import { otherOf } from './state.ts';

export const DayLine = ({ at }: { at: string }) => (
  <p class="day-line">
    <time dateTime={at} title={exactDate(at)}>
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
  const { older, loadOlder, log, stalled } = conversation;
  if (!log.value) return stalled.value ? <Stalled conversation={conversation} /> : <Waiting />;
  if (empty) return <Empty conversation={conversation} />;
  if (older.value === 'none') return <p class="log-edge">This is where it began.</p>;
  return <Edge what="older" failed={older.value === 'failed'} again={loadOlder} />;
};

/** What stands below the last message that is drawn, when it is not the newest. */
export const Ending = ({ conversation: { newer, loadNewer } }: { conversation: Conversation }) =>
  newer.value === 'none' ? null : (
    <Edge what="newer" failed={newer.value === 'failed'} again={loadNewer} />
  );

type EdgeProps = { what: string; failed: boolean; again: () => Promise<void> };

const Edge = ({ what, failed, again }: EdgeProps) => (
  <p class="log-edge">
    {failed ? (
      <>
        {what === 'older' ? 'Older' : 'Newer'} messages did not load.{' '}
        <button type="button" class="text-button" onClick={() => void again()}>
          Try again
        </button>
      </>
    ) : (
      `Loading ${what} messages`
    )}
  </p>
);

/** Says why a message could not be gone to. */
export const LostNote = ({ words, onClose }: { words: string; onClose: () => void }) => (
  <p class="lost-note" role="status">
    {words}
    <IconButton icon={X} size={16} label="Close" onClick={onClose} />
  </p>
);

const Empty = ({ conversation: { room } }: { conversation: Conversation }) => {
  const other = room.value && otherOf(room.value);
  return (
    <div class="log-empty">
      <p class="empty-note-title">No messages yet.</p>
      <p>{other ? `Say hello to ${other.name}.` : 'Write the first one.'}</p>
    </div>
  );
};

const Stalled = ({ conversation: { retry } }: { conversation: Conversation }) => (
  <div class="log-empty" role="status">
    <p class="empty-note-title">The messages did not load.</p>
    <p>They come when the server answers again.</p>
    <button type="button" class="button outline small" onClick={retry}>
      Retry now
    </button>
  </div>
);

const Waiting = () => (
  <div class="log-waiting" aria-hidden="true">
    {['60%', '42%', '54%', '30%'].map((width) => (
      <span key={width} class="skeleton" style={{ width }} />
    ))}
  </div>
);

/** Shown away from the end; counts what others wrote since the reader left it. */
export const JumpButton = ({
  messages,
  onJump,
}: {
  messages: readonly Message[];
  onJump: () => void;
}) => {
  const [seen] = useState(messages.at(-1)?.n ?? 0);
  const fresh = messages.filter((m) => m.n > seen && m.sender?.id !== viewer.value?.id).length;
  return (
    <button type="button" class="jump-button" data-key="incoming" onClick={onJump}>
      <Icon of={ArrowDown} size={16} />
      Jump to latest{fresh > 0 ? ` (${fresh})` : ''}
    </button>
  );
};
