import { ChevronDown, Newspaper } from 'lucide';
import { viewer } from '../accounts/state.ts';
import { RoomCounts } from '../rooms/room-counts.tsx';
import { RoomFace } from '../rooms/room-face.tsx';
import { roomOf, rooms, titleOf } from '../rooms/state.ts';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';
import { chooseRoom, dock } from './state.ts';

/** The name of the room that is shown; for members the way to their other rooms. */
export const RoomSwitch = ({ roomId }: { roomId: string }) => {
  const { article } = dock.value;
  const room = roomOf(roomId);
  const title = article?.roomId === roomId ? article.title : room ? titleOf(room) : 'Conversation';
  if (!viewer.value) return <h2 class="dock-title">{title}</h2>;
  const news = (rooms.value ?? []).filter(
    ({ id, unread, muted }) => id !== roomId && unread > 0 && !muted,
  ).length;
  return (
    <h2 class="dock-title">
      <Popover
        label="Choose a room"
        class="dock-rooms"
        align="start"
        trigger={(props) => (
          <button type="button" class="dock-switch" {...props}>
            <span>{title}</span>
            <Icon of={ChevronDown} size={16} />
            {news > 0 && (
              <span class="count">
                {news}
                <span class="visually-hidden"> other rooms with news</span>
              </span>
            )}
          </button>
        )}
      >
        {(close) => <Choices roomId={roomId} close={close} />}
      </Popover>
    </h2>
  );
};

const Choices = ({ roomId, close }: { roomId: string; close: () => void }) => {
  const { article } = dock.value;
  const others = (rooms.value ?? []).filter(({ id }) => id !== article?.roomId);
  const choose = (chosen: string | null) => {
    close();
    chooseRoom(chosen);
  };
  return (
    <ul>
      {article && (
        <li>
          <button
            type="button"
            aria-current={article.roomId === roomId}
            onClick={() => choose(null)}
          >
            <span class="room-icon" aria-hidden="true">
              <Icon of={Newspaper} size={18} />
            </span>
            <span class="dock-room-title">{article.title}</span>
          </button>
        </li>
      )}
      {others.map((room) => (
        <li key={room.id}>
          <button type="button" aria-current={room.id === roomId} onClick={() => choose(room.id)}>
            <RoomFace room={room} />
            <span class="dock-room-title">{titleOf(room)}</span>
            {room.unread > 0 && <RoomCounts room={room} />}
          </button>
        </li>
      ))}
    </ul>
  );
};
