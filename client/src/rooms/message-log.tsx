import { useRef, useState } from 'preact/hooks';
import type { Message } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { withMyReactions } from './acts.ts';
import { Announcer } from './announcer.tsx';
import type { Conversation } from './conversation.ts';
import type { LineContext } from './line-context.ts';
import {
  isPicking,
  moveFocus,
  useAttention,
  useFirstPlace,
  useJump,
  useOwnToEnd,
  usePast,
} from './log-behaviour.ts';
import { Beginning, DayLine, JumpButton, UnreadLine } from './log-parts.tsx';
import { MessageGroup } from './message-group.tsx';
import { waitingIn } from './say.ts';
import { type Stick, useStick } from './stick.ts';
import { type Row, rowsOf } from './timeline.ts';

type Props = {
  conversation: Conversation;
  editing: string | null;
  onEdit: (messageId: string | null) => void;
  onReply: (message: Message) => void;
};

/** The messages of a room: follows the end, keeps its place elsewhere, loads the past on the way up. */
export const MessageLog = (props: Props) => {
  const { conversation } = props;
  const box = useRef<HTMLDivElement>(null);
  const stick = useStick(box, '.line');
  const loaded = conversation.log.value !== null;
  const messages = (conversation.log.value?.messages ?? []).map(withMyReactions);
  const waiting = waitingIn(conversation.roomId);
  const context = useLineContext(props, messages, box, stick);
  const fetchNearTop = usePast(conversation, box);
  useAttention(conversation, stick.atEnd && loaded);
  useFirstPlace(box, loaded, stick);
  useOwnToEnd(waiting.length, stick);
  const rows = rowsOf(messages, waiting, viewer.value?.id ?? '', conversation.readLine.value);
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
        onPointerLeave={() => !isPicking() && context.onActive(null)}
      >
        <div class="log-content">
          <Beginning conversation={conversation} empty={loaded && rows.length === 0} />
          {rows.map((row) => (
            <RowView key={row.key} row={row} context={context} />
          ))}
        </div>
      </div>
      {!stick.atEnd && <JumpButton messages={messages} onJump={stick.toEnd} />}
      <Announcer messages={messages} ready={loaded} />
    </div>
  );
};

function useLineContext(
  { conversation, editing, onEdit, onReply }: Props,
  messages: Message[],
  box: { current: HTMLElement | null },
  stick: Stick,
): LineContext {
  const [active, setActive] = useState<string | null>(null);
  const { marked, jumpTo } = useJump(conversation, box, stick);
  return {
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
