import { BellOff, Search } from 'lucide';
import { useState } from 'preact/hooks';
import type { Room } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { Caps } from '../keys/caps.tsx';
import { exactDate } from '../ui/date-format.ts';
import { Hint } from '../ui/hint.tsx';
import { Icon } from '../ui/icon.tsx';
import { EmptyNote } from '../ui/notes.tsx';
import { shortWhen } from './days.ts';
import { RoomCounts } from './room-counts.tsx';
import { RoomFace } from './room-face.tsx';
import { StartDialog, StartMenu } from './start.tsx';
import { starting } from './starting.ts';
import { rooms, titleOf } from './state.ts';
import { plainOf } from './words.ts';

const setWay = (way: typeof starting.value): void => {
  starting.value = way;
};

/** My rooms, the latest first, with the ways to begin a new one. */
export const RoomList = ({ current }: { current: string | null }) => {
  const [filter, setFilter] = useState('');
  const way = starting.value;
  const known = rooms.value;
  const Title = current ? 'h2' : 'h1';
  return (
    <section class="room-list" aria-label="My rooms">
      <header class="room-list-head">
        <Title class="room-list-title">Chat</Title>
        <StartMenu onChoose={setWay} />
      </header>
      {!known && <Waiting />}
      {known?.length === 0 && <NoRooms begin={() => setWay('direct')} />}
      {known && known.length > 0 && (
        <>
          <Filter value={filter} onValue={setFilter} />
          <Rows
            rooms={known}
            filter={filter.trim().toLowerCase()}
            current={current}
            showAll={() => setFilter('')}
          />
          <div class="room-list-hint">
            <Hint name="keys">
              Press <Caps keys="?" /> for all shortcuts, <Caps keys="Mod+k" /> to go anywhere.
            </Hint>
          </div>
        </>
      )}
      {way && <StartDialog way={way} onClose={() => setWay(null)} />}
    </section>
  );
};

type RowsProps = {
  rooms: readonly Room[];
  filter: string;
  current: string | null;
  showAll: () => void;
};

const Rows = ({ rooms: known, filter, current, showAll }: RowsProps) => {
  const shown = known.filter((room) => titleOf(room).toLowerCase().includes(filter));
  if (shown.length === 0)
    return (
      <p class="room-list-none">
        No room of yours is called that.{' '}
        <button type="button" class="button quiet small" onClick={showAll}>
          Show all
        </button>
      </p>
    );
  return (
    <ul class="room-rows">
      {shown.map((room) => (
        <RoomRow key={room.id} room={room} here={room.id === current} />
      ))}
    </ul>
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
  const { unread, lastMessage } = room;
  return (
    <li>
      <a
        class={`room-row ${unread > 0 && !room.muted ? 'unread' : ''}`}
        href={`/chat/${room.id}`}
        aria-current={here ? 'page' : undefined}
      >
        <RoomFace room={room} />
        <span class="room-row-title">
          {titleOf(room)}
          {room.muted && <Icon of={BellOff} size={14} />}
          {room.muted && <span class="visually-hidden"> (muted)</span>}
        </span>
        {lastMessage && (
          <time dateTime={lastMessage.at} title={exactDate(lastMessage.at)}>
            {shortWhen(lastMessage.at)}
          </time>
        )}
        <span class="room-row-last">{lastOf(room)}</span>
        {unread > 0 && <RoomCounts room={room} />}
      </a>
    </li>
  );
};

const lastOf = ({ lastMessage, kind }: Room): string => {
  if (!lastMessage) return 'No messages yet';
  const { sender, deleted } = lastMessage;
  if (deleted) return 'Message deleted';
  const body = plainOf(lastMessage.body);
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
