import { Hash, Newspaper, Users } from 'lucide';
import type { Room } from '../../../src/rooms/contract.ts';
import { PresenceDot } from '../presence/view.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { otherOf } from './state.ts';

const ICONS = { group: Users, public: Hash, article: Newspaper, direct: Users };

/** The other's face in a direct chat, a drawing of its kind for any other room. */
export const RoomFace = ({ room }: { room: Room }) => {
  const other = otherOf(room);
  if (room.kind === 'direct' && other) {
    return (
      <span class="person-face">
        <Avatar person={other} />
        <PresenceDot userId={other.id} />
      </span>
    );
  }
  return (
    <span class="room-icon" aria-hidden="true">
      <Icon of={ICONS[room.kind]} size={18} />
    </span>
  );
};
