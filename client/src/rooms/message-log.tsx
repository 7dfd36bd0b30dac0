import { ArrowDown } from 'lucide';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { Icon } from '../ui/icon.tsx';
import { withMyReactions } from './acts.ts';
import { Announcer } from './announcer.tsx';
import type { Conversation } from './conversation.ts';
import { dayName, exactly } from './days.ts';
import { MessageGroup } from './message-group.tsx';
import type { LineContext } from './message-line.tsx';
import { waitingIn } from './say.ts';
import { otherOf } from './state.ts';
import { useStick } from './stick.ts';
import { type Row, rowsOf } from './timeline.ts';

type Props = {
  conversation: Conversation;
  editing: string | null;
  onEdit: (messageId: string | null) => void;
  onReply: (message: Message) => void;
};

/** Nearer to the beginning than this, the page before is fetched. */
const FETCH_PX = 800;
/** A quoted message is looked for in this many older pages. */
const JUMP_PAGES = 20;
const MARK_MS = 2_000;

/** The messages of a room: follows the end, keeps its place elsewhere, loads the past on the way up. */
export const MessageLog = ({ conversation, editing, onEdit, onReply }: Props) => {
  const { log, readLine, older, loadOlder } = conversation;
  const box = useRef<HTMLDivElement>(null);
  const stick = useStick(box, '.line');
  const [marked, setMarked] = useState<string | null>(null);
  const [active, setActive] = useState<string | null>(null);
  const messages = (log.value?.messages ?? []).map(withMyReactions);
  const waiting = waitingIn(conversation.roomId);
  const rows = rowsOf(messages, waiting, viewer.value?.id ?? '', readLine.value);
  const loaded = log.value !== null;

  useAttention(conversation, stick.atEnd && loaded);
  useFirstPlace(box, loaded, stick.show);
  useOwnToEnd(waiting.length, stick.toEnd);
  const fetchNearTop = () => {
    if (loaded && (box.current?.scrollTop ?? FETCH_PX) < FETCH_PX) void loadOlder();
  };
  // A short first page may leave nothing to scroll.
  useEffect(fetchNearTop, [loaded, messages.length]);

  const jumpTo = async (messageId: string) => {
    const find = () => box.current?.querySelector(`[data-message="${messageId}"]`);
    for (let page = 0; !find() && older.peek() !== 'none' && page < JUMP_PAGES; page += 1) {
      await loadOlder();
      await new Promise(requestAnimationFrame);
    }
    const found = find();
    if (!found) return;
    stick.show(found, 'center');
    setMarked(messageId);
    setTimeout(() => setMarked(null), MARK_MS);
  };
  const context: LineContext = {
    conversation,
    messages,
    editing,
    marked,
    active,
    lastMine: lastIfMine(messages),
    onActive: setActive,
    onEdit,
    onReply,
    onJump: (id) => void jumpTo(id),
  };

  return (
    <div class="log-frame">
      <div
        ref={box}
        class="log"
        // Announced by the Announcer, which leaves out my own messages and sums up a flood.
        role="log"
        aria-live="off"
        aria-label="Messages"
        onScroll={() => {
          stick.notice();
          fetchNearTop();
        }}
        onKeyDown={moveFocus}
        onPointerLeave={() => !isPicking() && setActive(null)}
      >
        <div class="log-content">
          <Beginning conversation={conversation} empty={loaded && rows.length === 0} />
          {rows.map((row) => (
            <RowView key={row.key} row={row} context={context} />
          ))}
        </div>
      </div>
      {!stick.atEnd && <JumpButton messages={messages} onJump={stick.toEnd} />}
      <Announcer roomId={conversation.roomId} messages={messages} ready={loaded} />
    </div>
  );
};

/** An answer below it says more than "Sent". */
const lastIfMine = (messages: readonly Message[]): string | null => {
  const last = messages.at(-1);
  return last && last.sender?.id === viewer.value?.id ? last.id : null;
};

const RowView = ({ row, context }: { row: Row; context: LineContext }) => {
  if (row.kind === 'day') {
    return (
      <p class="day-line">
        <time dateTime={row.at} title={exactly(row.at)}>
          {dayName(row.at)}
        </time>
      </p>
    );
  }
  if (row.kind === 'unread') return <p class="unread-line">New messages</p>;
  return <MessageGroup row={row} context={context} />;
};

const Beginning = ({ conversation, empty }: { conversation: Conversation; empty: boolean }) => {
  const { older, loadOlder, room, log } = conversation;
  if (!log.value) return <Waiting />;
  if (empty) {
    const other = room.value && otherOf(room.value);
    return (
      <div class="log-empty">
        <p class="empty-note-title">No messages yet.</p>
        <p>{other ? `Say hello to ${other.name}.` : 'Write the first one.'}</p>
      </div>
    );
  }
  if (older.value === 'none') return <p class="log-edge">This is where it began.</p>;
  if (older.value === 'failed') {
    return (
      <p class="log-edge">
        Older messages did not load.{' '}
        <button type="button" class="text-button" onClick={() => void loadOlder()}>
          Try again
        </button>
      </p>
    );
  }
  return <p class="log-edge">Loading older messages</p>;
};

const Waiting = () => (
  <div class="log-waiting" aria-hidden="true">
    {['60%', '42%', '54%', '30%'].map((width) => (
      <span key={width} class="skeleton" style={{ width }} />
    ))}
  </div>
);

const JumpButton = ({ messages, onJump }: { messages: Message[]; onJump: () => void }) => {
  // What was there when the reader left the end has been seen.
  const [seen] = useState(messages.at(-1)?.n ?? 0);
  const fresh = messages.filter((m) => m.n > seen && m.sender?.id !== viewer.value?.id).length;
  return (
    <button type="button" class="jump-button" onClick={onJump}>
      <Icon of={ArrowDown} size={16} />
      Jump to latest{fresh > 0 ? ` (${fresh})` : ''}
    </button>
  );
};

/** The newest message is read while the tab is visible and the list stands at its end. */
function useAttention(conversation: Conversation, atEnd: boolean): void {
  useEffect(() => {
    const tell = () => conversation.attend(atEnd && document.visibilityState === 'visible');
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => {
      document.removeEventListener('visibilitychange', tell);
      conversation.attend(false);
    };
  }, [conversation, atEnd]);
}

/** Opens at the first unread message when it is further up than one screen. */
function useFirstPlace(
  box: { current: HTMLElement | null },
  loaded: boolean,
  show: (element: Element, block: 'start') => void,
): void {
  useLayoutEffect(() => {
    const line = loaded && box.current?.querySelector('.unread-line');
    if (!line || !box.current) return;
    if (line.getBoundingClientRect().top < box.current.getBoundingClientRect().top) {
      show(line, 'start');
    }
  }, [loaded]);
}

/** Whoever writes wants to see it stand there. */
function useOwnToEnd(count: number, toEnd: () => void): void {
  const before = useRef(count);
  useLayoutEffect(() => {
    if (count > before.current) toEnd();
    before.current = count;
  }, [count]);
}

const isPicking = (): boolean => document.querySelector('.log .popover') !== null;

/** Arrow keys go from message to message. */
function moveFocus(event: KeyboardEvent): void {
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
  const { currentTarget, target } = event;
  if (!(target instanceof HTMLElement) || !target.classList.contains('line')) return;
  const lines = [...(currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.line')];
  const next = lines[lines.indexOf(target) + (event.key === 'ArrowUp' ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
