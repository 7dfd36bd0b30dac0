import { Compass, MessageCircle, Search, SquarePen, Users } from 'lucide';
import { useState } from 'preact/hooks';
import type { Room } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { EmptyNote } from '../ui/notes.tsx';
import { Popover } from '../ui/popover.tsx';
import { exactly, shortWhen } from './days.ts';
import { BrowseRooms, NewDirect, NewRoom } from './new-chat.tsx';
import { RoomFace } from './room-face.tsx';
import { rooms, titleOf } from './state.ts';

type Dialog = 'direct' | 'room' | 'browse' | null;

const WAYS = [
  { dialog: 'direct', icon: MessageCircle, word: 'Message somebody' },
  { dialog: 'room', icon: Users, word: 'New room' },
  { dialog: 'browse', icon: Compass, word: 'Find public rooms' },
] as const;

/** My rooms, the latest first, with the ways to begin a new one. */
export const RoomList = ({ current }: { current: string | null }) => {
  const [filter, setFilter] = useState('');
  const [dialog, setDialog] = useState<Dialog>(null);
  const wanted = filter.trim().toLowerCase();
  const shown = rooms.value?.filter((room) => titleOf(room).toLowerCase().includes(wanted));
  const Title = current ? 'h2' : 'h1';
  return (
    <section class="room-list" aria-label="My rooms">
      <header class="room-list-head">
        <Title class="room-list-title">Chat</Title>
        <Popover
          label="Start a conversation"
          class="menu"
          trigger={(props) => (
            <IconButton icon={SquarePen} label="Start a conversation" {...props} />
          )}
        >
          {(close) =>
            WAYS.map(({ dialog: next, icon, word }) => (
              <button
                key={next}
                type="button"
                class="menu-item"
                onClick={() => {
                  close();
                  setDialog(next);
                }}
              >
                <Icon of={icon} size={18} />
                {word}
              </button>
            ))
          }
        </Popover>
      </header>
      {(rooms.value?.length ?? 0) > 0 && <Filter value={filter} onValue={setFilter} />}
      {!rooms.value && <Waiting />}
      {rooms.value?.length === 0 && <NoRooms begin={() => setDialog('direct')} />}
      {shown?.length === 0 && wanted !== '' && (
        <p class="room-list-none">No room of yours is called that.</p>
      )}
      <ul class="room-rows">
        {shown?.map((room) => (
          <RoomRow key={room.id} room={room} here={room.id === current} />
        ))}
      </ul>
      {dialog === 'direct' && <NewDirect onClose={() => setDialog(null)} />}
      {dialog === 'room' && <NewRoom onClose={() => setDialog(null)} />}
      {dialog === 'browse' && <BrowseRooms onClose={() => setDialog(null)} />}
    </section>
  );
};

const Filter = ({ value, onValue }: { value: string; onValue: (value: string) => void }) => (
  <label class="room-filter">
    <span class="visually-hidden">Filter rooms</span>
    <Icon of={Search} size={16} />
    <input
      type="search"
      placeholder="Filter"
      value={value}
      onInput={(event) => onValue(event.currentTarget.value)}
    />
  </label>
);

const RoomRow = ({ room, here }: { room: Room; here: boolean }) => {
  const { unread, mentions, lastMessage } = room;
  return (
    <li>
      <a
        class={`room-row ${unread > 0 ? 'unread' : ''}`}
        href={`/chat/${room.id}`}
        aria-current={here ? 'page' : undefined}
      >
        <RoomFace room={room} />
        <span class="room-row-title">{titleOf(room)}</span>
        {lastMessage && (
          <time dateTime={lastMessage.at} title={exactly(lastMessage.at)}>
            {shortWhen(lastMessage.at)}
          </time>
        )}
        <span class="room-row-last">{lastOf(room)}</span>
        {unread > 0 && (
          <span class="room-row-counts">
            {mentions > 0 && (
              <span class="count mention">
                @<span class="visually-hidden"> mentions you,</span>
              </span>
            )}
            <span class="count">
              {unread > 99 ? '99+' : unread}
              <span class="visually-hidden"> unread</span>
            </span>
          </span>
        )}
      </a>
    </li>
  );
};

const lastOf = ({ lastMessage, kind }: Room): string => {
  if (!lastMessage) return 'No messages yet';
  const { sender, deleted, body } = lastMessage;
  if (deleted) return 'Message deleted';
  if (sender?.id === viewer.value?.id) return `You: ${body}`;
  return kind === 'direct' || !sender ? body : `${sender.name}: ${body}`;
};

const NoRooms = ({ begin }: { begin: () => void }) => (
  <EmptyNote
    title="No conversations yet."
    action={
      <button type="button" class="button" onClick={begin}>
        Message somebody
      </button>
    }
  >
    Direct chats, groups and the articles you talk under gather here.
  </EmptyNote>
);

const Waiting = () => (
  <div aria-hidden="true">
    {[0, 1, 2, 3, 4].map((row) => (
      <span key={row} class="skeleton room-skeleton" />
    ))}
  </div>
);
