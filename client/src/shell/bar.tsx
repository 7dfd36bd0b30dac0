import { House, LogIn, MessagesSquare, PenLine, Search, UserPlus, Users } from 'lucide';
import { useLocation } from 'preact-iso';
import { signInLink } from '../accounts/sign-in-links.ts';
import { viewer } from '../accounts/state.ts';
import { Icon } from '../ui/icon.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Mark } from './mark.tsx';
import { PaletteButton } from './palette-button.tsx';
import { Bell, bellRoom, ChatCount, NavLink, PeopleCount } from './rail.tsx';
import { narrow } from './state.ts';
import { ThemeButton } from './theme-button.tsx';

/** The upper edge on a phone: where I am, and who I am. */
export const TopBar = () => {
  const { path } = useLocation();
  const me = viewer.value;
  return (
    <header class="top-bar">
      <a class="name-mark" href="/">
        <Mark size={22} />
        <span>Lyceum</span>
      </a>
      <PaletteButton>
        <Icon of={Search} />
      </PaletteButton>
      {me ? (
        <AccountMenu me={me} />
      ) : (
        <>
          <ThemeButton />
          <a class="button small" href={signInLink('/join', path)}>
            Join
          </a>
        </>
      )}
    </header>
  );
};

/** The lower edge on a phone: the five places one goes to. */
export const BottomBar = () => (
  <nav class="bottom-bar" aria-label="Main">
    <ul>
      <li>
        <NavLink href="/" icon={House}>
          Home
        </NavLink>
      </li>
      {viewer.value ? <MemberPlaces /> : <VisitorPlaces />}
    </ul>
  </nav>
);

const MemberPlaces = () => (
  <>
    <li>
      <NavLink href="/chat" icon={MessagesSquare} also="/chat" count={<ChatCount />}>
        Chat
      </NavLink>
    </li>
    <li>
      <NavLink href="/write" icon={PenLine} also="/write">
        Write
      </NavLink>
    </li>
    <li>
      <NavLink href="/people" icon={Users} also="/people" count={<PeopleCount />}>
        People
      </NavLink>
    </li>
    <li>{narrow.value ? <Bell /> : bellRoom}</li>
  </>
);

const VisitorPlaces = () => {
  const { path } = useLocation();
  return (
    <>
      <li>
        <NavLink href="/search" icon={Search} also="/search">
          Search
        </NavLink>
      </li>
      <li>
        <NavLink href={signInLink('/login', path)} icon={LogIn}>
          Log in
        </NavLink>
      </li>
      <li>
        <NavLink href={signInLink('/join', path)} icon={UserPlus}>
          Join
        </NavLink>
      </li>
    </>
  );
};
