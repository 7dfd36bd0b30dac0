import type { IconNode } from 'lucide';
import {
  Bell as BellIcon,
  House,
  LogIn,
  MessagesSquare,
  PenLine,
  Rss,
  Search,
  Settings,
  Users,
} from 'lucide';
import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { signInLink } from '../accounts/sign-in-links.ts';
import { viewer } from '../accounts/state.ts';
import { Caps } from '../keys/caps.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { deferred } from '../ui/deferred.tsx';
import { Icon } from '../ui/icon.tsx';
import { Mark } from './mark.tsx';
import { PaletteButton } from './palette-button.tsx';
import { narrow, railTags } from './state.ts';
import { ThemeButton } from './theme-button.tsx';

/** Until the script of the bell is here, and where it stands in the other navigation, a plain link. */
export const bellRoom = (
  <a class="nav-link" href="/notifications">
    <Icon of={BellIcon} />
    <span class="nav-word">Notifications</span>
  </a>
);
export const Bell = deferred(() => import('../notifications/view.tsx').then((m) => m.Bell), {
  placeholder: bellRoom,
});

/** How many conversations have something new. */
export const ChatCount = deferred(() => import('../rooms/chat-count.tsx').then((m) => m.ChatCount));
/** How many ask to be friends. */
export const PeopleCount = deferred(() =>
  import('../people/people-count.tsx').then((m) => m.PeopleCount),
);

type LinkProps = {
  href: string;
  icon: IconNode;
  children: ComponentChildren;
  also?: string;
  count?: ComponentChildren;
};

/** A link of the rail or the bar; it is marked while its page is shown. */
export const NavLink = ({ href, icon, children, also, count }: LinkProps) => {
  const { url, path } = useLocation();
  const here = href.includes('?') ? url === href : url === href || (also && path.startsWith(also));
  return (
    <a class="nav-link" href={href} aria-current={here ? 'page' : undefined}>
      <Icon of={icon} />
      <span class="nav-word">{children}</span>
      {count}
    </a>
  );
};

export const Rail = () => (
  <header class="rail">
    <div class="rail-head">
      <a class="name-mark" href="/">
        <Mark />
        <span>Lyceum</span>
      </a>
      <PaletteButton>
        <Caps keys="Mod+k" />
      </PaletteButton>
    </div>
    <nav aria-label="Main">
      <ul>
        <li>
          <NavLink href="/" icon={House}>
            Home
          </NavLink>
        </li>
        <li>
          <NavLink href="/search" icon={Search} also="/search">
            Search
          </NavLink>
        </li>
        {viewer.value && <MemberLinks />}
      </ul>
    </nav>
    {railTags.value.length > 0 && <Tags />}
    <Foot />
  </header>
);

const MemberLinks = () => (
  <>
    <li>
      <NavLink href="/?feed=following" icon={Rss}>
        Following
      </NavLink>
    </li>
    <li>
      <NavLink href="/chat" icon={MessagesSquare} also="/chat" count={<ChatCount />}>
        Chat
      </NavLink>
    </li>
    <li>
      <NavLink href="/people" icon={Users} also="/people" count={<PeopleCount />}>
        People
      </NavLink>
    </li>
    <li>{narrow.value === false ? <Bell /> : bellRoom}</li>
    <li>
      <NavLink href="/write" icon={PenLine} also="/write">
        Write
      </NavLink>
    </li>
  </>
);

const Tags = () => (
  <nav class="rail-tags" aria-label="Tags">
    <h2>{railTags.value.some((tag) => tag.following) ? 'Tags you follow' : 'Tags'}</h2>
    <ul>
      {railTags.value.map(({ tag }) => (
        <li key={tag}>
          <a class="tag" href={`/t/${tag}`}>
            {tag}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

const Foot = () => {
  const { path } = useLocation();
  const me = viewer.value;
  return (
    <div class="rail-foot">
      {me ? (
        <>
          <a class="rail-me" href={`/@${me.username}`}>
            <Avatar person={me} size="s" />
            <span>{me.name}</span>
          </a>
          <NavLink href="/settings" icon={Settings}>
            Settings
          </NavLink>
        </>
      ) : (
        <>
          <a class="button" href={signInLink('/join', path)}>
            Join
          </a>
          <NavLink href={signInLink('/login', path)} icon={LogIn}>
            Log in
          </NavLink>
        </>
      )}
      <ThemeButton />
    </div>
  );
};
