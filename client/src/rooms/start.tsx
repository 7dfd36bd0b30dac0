import { Compass, MessageCircle, SquarePen, Users } from 'lucide';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';
import { BrowseRooms, NewDirect, NewRoom } from './new-chat.tsx';
import type { Way } from './starting.ts';

const WAYS = [
  { way: 'direct', icon: MessageCircle, word: 'Message somebody' },
  { way: 'room', icon: Users, word: 'New room' },
  { way: 'browse', icon: Compass, word: 'Find public rooms' },
] as const;

export const StartMenu = ({ onChoose }: { onChoose: (way: Way) => void }) => (
  <Popover
    label="Start a conversation"
    class="menu"
    trigger={(props) => <IconButton icon={SquarePen} label="Start a conversation" {...props} />}
  >
    {(close) =>
      WAYS.map(({ way, icon, word }) => (
        <button
          key={way}
          type="button"
          class="menu-item"
          onClick={() => {
            close();
            onChoose(way);
          }}
        >
          <Icon of={icon} size={18} />
          {word}
        </button>
      ))
    }
  </Popover>
);

export const StartDialog = ({ way, onClose }: { way: Way; onClose: () => void }) => {
  if (way === 'direct') return <NewDirect onClose={onClose} />;
  if (way === 'room') return <NewRoom onClose={onClose} />;
  return <BrowseRooms onClose={onClose} />;
};
