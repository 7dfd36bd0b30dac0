import { Settings, UserRound } from 'lucide';
import type { Me } from '../../../src/accounts/contract.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';
import { ThemeItem } from './theme-button.tsx';

/** On a phone, what is mine, by its names. */
export const AccountMenu = ({ me }: { me: Me }) => (
  <Popover
    label="Your account"
    class="menu"
    trigger={(props) => (
      <button
        type="button"
        class="icon-button"
        aria-label="Your account"
        title="Your account"
        {...props}
      >
        <Avatar person={me} size="s" />
      </button>
    )}
  >
    {(close) => (
      <>
        <a class="menu-item" href={`/@${me.username}`} onClick={close}>
          <Icon of={UserRound} size={18} />
          My profile
        </a>
        <a class="menu-item" href="/settings" onClick={close}>
          <Icon of={Settings} size={18} />
          Settings
        </a>
        <ThemeItem />
      </>
    )}
  </Popover>
);
