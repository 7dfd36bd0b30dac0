import { useMemo, useRef, useState } from 'preact/hooks';
import type { Message } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { withMyReactions } from './acts.ts';
import { Announcer } from './announcer.tsx';
import type { Conversation } from './conversation.ts';
import type { LineContext } from './line-context.ts';
import {
  focusedIn,
  isPicking,
  moveFocus,
  useAttention,
  useBeyond,
  useEdited,
  useFirstPlace,
  useJump,
  useOwnToEnd,
} from './log-behaviour.ts';
import { Beginning, DayLine, Ending, JumpButton, LostNote, UnreadLine } from './log-parts.tsx';
import { MessageGroup } from './message-group.tsx';
import { waitingIn } from './say.ts';
import { withHeld } from './span.ts';
import { useStick } from './stick.ts';
import { type Groups, keepKeys, type Row, rowsOf, type Waiting } from './timeline.ts';

type Props = {
  conversation: Conversation;
  editing: string | null;
  onEdit: (messageId: string | null) => void;
  onReply: (message: Message) => void;
  /** The message to open at, instead of the newest. */
  at?: string | null;
};

const none: readonly Message[] = [];

/** The messages of a room: follows the end, keeps its place elsewhere, goes both ways in the past. */
export const MessageLog = (props: Props) => {
  const { conversation, editing, at = null } = props;
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const hasNewest = conversation.newer.value === 'none';
  const stick = useStick(box, '.line', hasNewest);
  const loaded = conversation.log.value !== null;
  const messages = conversation.log.value?.messages ?? none;
  const waiting = waitingIn(conversation.roomId);
  const jump = useJump(conversation, box, stick);
  const fetchNear = useBeyond(conversation, box);
  const there = useFirstPlace(conversation, at, box, stick, jump);
  const toLatest = () => {
    conversation.toLatest();
    stick.toEnd();
  };
  useAttention(conversation, stick.atEnd && there);
  useOwnToEnd(waiting.length, toLatest);
  useEdited(editing, conversation, jump);
  const rows = useRows(conversation, hasNewest ? waiting : [], [editing, focusedIn(box.current)]);
  const context = useContextOf(props, messages, {
    ...{ marked: jump.marked, active, onActive: setActive },
    onJump: (id) => void jump.jumpTo(id),
  });
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
          fetchNear();
        }}
        onKeyDown={moveFocus}
        onPointerLeave={() => !isPicking() && setActive(null)}
      >
        <div class="log-content">
          <Beginning conversation={conversation} empty={loaded && rows.length === 0} />
          {rows.map((row) => (
            <RowView key={row.key} row={row} context={context} />
          ))}
          <Ending conversation={conversation} />
        </div>
      </div>
      {jump.lost && <LostNote words={jump.lost} onClose={jump.forgetLost} />}
      {!stick.atEnd && <JumpButton messages={messages} onJump={toLatest} />}
      <Announcer messages={messages} ready={loaded} />
    </div>
  );
};

/** What is drawn, in rows that keep their keys; what is edited or has the focus stays among them. */
function useRows(
  { shown, log, readLine }: Conversation,
  waiting: Waiting[],
  held: (string | null)[],
): Row[] {
  const keys = useRef<Groups>(new Map());
  const drawn = withHeld(shown.value, log.value?.messages ?? none, held).map(withMyReactions);
  const rows = rowsOf(drawn, waiting, viewer.value?.id ?? '', readLine.value, keys.current);
  keys.current = keepKeys(rows, keys.current, held);
  return rows;
}

type Own = Pick<LineContext, 'marked' | 'active' | 'onActive' | 'onJump'>;

/** Its functions are those of the newest render, also for a line that was drawn before. */
function useContextOf(props: Props, messages: readonly Message[], own: Own): LineContext {
  const latest = useRef({ props, own });
  latest.current = { props, own };
  const acts = useMemo(
    () => ({
      onEdit: (id: string | null) => latest.current.props.onEdit(id),
      onReply: (message: Message) => latest.current.props.onReply(message),
      onJump: (id: string) => latest.current.own.onJump(id),
    }),
    [],
  );
  const find = useMemo(() => finderIn(messages), [messages]);
  const { conversation, editing } = props;
  return { conversation, editing, find, lastMine: lastIfMine(messages), ...own, ...acts };
}

/** Looks through the messages once, when the first is looked for. */
function finderIn(messages: readonly Message[]): LineContext['find'] {
  let byId: Map<string, Message> | undefined;
  return (id) => {
    byId ??= new Map(messages.map((message) => [message.id, message]));
    return byId.get(id);
  };
}

/** An answer below it says more than "Sent". */
const lastIfMine = (messages: readonly Message[]): string | null => {
  const last = messages.at(-1);
  return last && last.sender?.id === viewer.value?.id ? last.id : null;
};

const RowView = ({ row, context }: { row: Row; context: LineContext }) => {
  if (row.kind === 'day') return <DayLine at={row.at} />;
  if (row.kind === 'unread') return <UnreadLine />;
  return <MessageGroup row={row} context={context} />;
};
