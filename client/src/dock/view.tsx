import { Maximize2, X } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ensureSignedIn } from '../accounts/ask-sign-in.ts';
import { viewer } from '../accounts/state.ts';
import type { Conversation } from '../rooms/conversation.ts';
import { JoinBar, useConversation } from '../rooms/conversation-pane.tsx';
import { loadRooms, roomOf } from '../rooms/state.ts';
import { Talk } from '../rooms/talk.tsx';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { useSheet } from './sheet.ts';
import { closeDock, shownRoom, takeAsked } from './state.ts';
import { RoomSwitch } from './switch.tsx';
import './dock.css';

/** The conversation beside what is read: a panel in the corner, on narrow screens a sheet. */
export const ChatDock = ({ path }: { path: string }) => {
  const panel = useRef<HTMLDivElement>(null);
  const roomId = shownRoom.value;
  const sheet = useSheet(path);
  const focus = useFocus(panel, roomId);
  const [opener] = useState(() => document.activeElement);
  const closing = useRef(false);
  const close = () => {
    closing.current = true;
    closeDock();
  };
  // After the page behind it may have the focus again; who left by a link has it elsewhere.
  useEffect(() => () => void (closing.current && giveBack(opener)), []);
  useEffect(() => {
    // Without the list the article's own room is still there.
    if (viewer.value) loadRooms().catch(() => undefined);
  }, [viewer.value?.id]);
  if (!roomId) return null;
  return (
    <div
      class="dock"
      ref={panel}
      tabIndex={-1}
      aria-label="Chat"
      role={sheet ? 'dialog' : 'complementary'}
      aria-modal={sheet || undefined}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
        event.preventDefault();
        close();
      }}
    >
      <div class="dock-head">
        <RoomSwitch roomId={roomId} />
        {viewer.value && (
          <a
            class="icon-button"
            href={`/chat/${roomId}`}
            aria-label="Open in full"
            title="Open in full"
          >
            <Icon of={Maximize2} size={18} />
          </a>
        )}
        <IconButton icon={X} label="Close the chat" onClick={close} />
      </div>
      <Room key={roomId} roomId={roomId} focus={focus} />
    </div>
  );
};

const Room = ({ roomId, focus }: { roomId: string; focus: boolean }) => {
  const conversation = useConversation(roomId);
  if (!conversation) return null;
  const failure = conversation.failure.value;
  if (failure) {
    return (
      <div class="dock-failed">
        <ErrorNote>{failure}</ErrorNote>
      </div>
    );
  }
  return (
    <Talk conversation={conversation} focus={focus} instead={insteadOfWriting(conversation)} />
  );
};

/** Responding makes one a member of an article's room; a public one is joined first. */
function insteadOfWriting({ roomId, room }: Conversation) {
  if (!viewer.value) return <LogInBar />;
  const { value } = room;
  const joins = value?.kind === 'public' && value.role === null && !roomOf(roomId);
  return joins ? <JoinBar room={value} /> : null;
}

const LogInBar = () => (
  <div class="join-bar">
    <p>You are reading along.</p>
    <button type="button" class="button small" onClick={() => void ensureSignedIn('write here')}>
      Log in to write
    </button>
  </div>
);

/** The focus comes in only when the reader asked for it. */
function useFocus(panel: { current: HTMLElement | null }, roomId: string | null): boolean {
  const taken = useRef<{ roomId: string | null; focus: boolean } | null>(null);
  if (taken.current?.roomId !== roomId) taken.current = { roomId, focus: takeAsked() };
  const { focus } = taken.current;
  useEffect(() => {
    // Where nothing is typed at once, the panel itself; otherwise its field, a moment later.
    if (focus) panel.current?.focus({ preventScroll: true });
  }, [focus, roomId]);
  return focus;
}

/** To where it came from, or to the way back in; what is gone or hidden does not take it. */
function giveBack(opener: Element | null): void {
  const buttons = document.querySelectorAll<HTMLElement>('.dock-button');
  for (const to of [opener, ...buttons, document.getElementById('main')]) {
    if (!(to instanceof HTMLElement) || to === document.body) continue;
    to.focus({ preventScroll: true });
    if (document.activeElement === to) return;
  }
}
