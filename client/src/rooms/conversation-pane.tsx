import { ArrowLeft, Newspaper, PanelRight } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { Room } from '../../../src/rooms/contract.ts';
import { useAct } from '../people/actions.tsx';
import { presenceOf } from '../presence/state.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { EmptyNote, ErrorNote } from '../ui/notes.tsx';
import { type Conversation, openConversation } from './conversation.ts';
import { RoomDetails } from './room-details.tsx';
import { RoomFace } from './room-face.tsx';
import { joinRoom, otherOf, roomOf, titleOf } from './state.ts';
import { Talk } from './talk.tsx';
import './conversation.css';

/** One open room: its head, its messages, where one writes, and who is in it. */
export const ConversationPane = ({ roomId, at }: { roomId: string; at: string | null }) => {
  const conversation = useConversation(roomId);
  if (!conversation) return <div class="conversation" />;
  return <Opened conversation={conversation} at={at} />;
};

/** Opens a room while it is shown. */
export function useConversation(roomId: string): Conversation | null {
  const [conversation, setConversation] = useState<Conversation | null>(null);
  useEffect(() => {
    const opened = openConversation(roomId);
    setConversation(opened);
    return () => opened.close();
  }, [roomId]);
  return conversation;
}

const Opened = ({ conversation, at }: { conversation: Conversation; at: string | null }) => {
  const [details, setDetails] = useState(false);
  const room = conversation.room.value;
  const failure = conversation.failure.value;
  const member = room?.role !== null || roomOf(conversation.roomId) !== undefined;
  if (failure) return <Unreachable words={failure} />;
  return (
    <>
      <section class="conversation" aria-label={room ? titleOf(room) : 'Conversation'}>
        <Head room={room} details={details} onDetails={() => setDetails(!details)} />
        <Talk
          conversation={conversation}
          at={at}
          instead={room && !member && <JoinBar room={room} />}
        />
      </section>
      {room && (
        <RoomDetails
          conversation={conversation}
          room={room}
          open={details}
          onClose={() => setDetails(false)}
        />
      )}
    </>
  );
};

type HeadProps = { room: Room | null; details: boolean; onDetails: () => void };

const Head = ({ room, details, onDetails }: HeadProps) => (
  <header class="conversation-head">
    <a class="icon-button back" href="/chat" aria-label="All rooms" title="All rooms">
      <Icon of={ArrowLeft} />
    </a>
    {room ? (
      <>
        <RoomFace room={room} />
        <div class="conversation-title">
          <h1>{titleOf(room)}</h1>
          <Below room={room} />
        </div>
        <IconButton
          icon={PanelRight}
          label={details ? 'Hide details' : 'Show details'}
          class="details-button"
          aria-expanded={details}
          onClick={onDetails}
        />
      </>
    ) : (
      <span class="skeleton conversation-title-skeleton" />
    )}
  </header>
);

const Below = ({ room }: { room: Room }) => {
  const other = otherOf(room);
  if (room.article) {
    return (
      <a class="conversation-below" href={`/a/${room.article.slug}`}>
        <Icon of={Newspaper} size={14} />
        Read the article
      </a>
    );
  }
  if (other) {
    const status = presenceOf(other.id)?.status;
    const words = { online: 'Online', away: 'Away', busy: 'Busy', offline: 'Offline' };
    return <p class="conversation-below">{status ? words[status] : `@${other.username}`}</p>;
  }
  const kind = room.kind === 'public' ? 'Public room' : 'Group';
  const people = room.memberCount === 1 ? '1 member' : `${room.memberCount} members`;
  return (
    <p class="conversation-below">
      {kind} · {people}
    </p>
  );
};

export const JoinBar = ({ room }: { room: Room }) => {
  const { act, busy, error } = useAct();
  return (
    <div class="join-bar">
      <p>Join to write here and to hear what is new.</p>
      <button
        type="button"
        class="button"
        disabled={busy}
        onClick={() => act(() => joinRoom(room.id))}
      >
        Join room
      </button>
      {error && <ErrorNote>{error}</ErrorNote>}
    </div>
  );
};

const Unreachable = ({ words }: { words: string }) => (
  <section class="conversation">
    <header class="conversation-head">
      <a class="icon-button back" href="/chat" aria-label="All rooms" title="All rooms">
        <Icon of={ArrowLeft} />
      </a>
    </header>
    <div class="chat-empty">
      <EmptyNote
        title="This conversation is not open to you."
        action={
          <a class="button outline" href="/chat">
            Back to my rooms
          </a>
        }
      >
        {words}
      </EmptyNote>
    </div>
  </section>
);
