import type { Person } from '../../../src/accounts/contract.ts';
import type { SearchHit } from '../../../src/discovery/contract.ts';
import type { Room } from '../../../src/rooms/contract.ts';
import { titleOf } from '../rooms/state.ts';

export type Act =
  | 'theme-light'
  | 'theme-dark'
  | 'theme-system'
  | 'new-chat'
  | 'new-room'
  | 'browse-rooms'
  | 'help'
  | 'log-out';
export type Group = 'Your rooms' | 'People' | 'Articles' | 'Go to' | 'Do' | 'Search';

/** One line of the palette: it leads somewhere or does something. */
export type Entry = {
  id: string;
  group: Group;
  label: string;
  detail: string;
  /** Other words by which it is found. */
  also?: string;
  to?: string;
  act?: Act;
  person?: Person | undefined;
  room?: Room;
  unread?: number;
};

type Standing = Omit<Entry, 'id' | 'detail'> & { keys?: string; for?: 'members' | 'visitors' };

const go = (label: string, to: string, fields: Partial<Standing> = {}): Standing => ({
  ...{ group: 'Go to', label, to },
  ...fields,
});
const act = (label: string, act: Act, fields: Partial<Standing> = {}): Standing => ({
  ...{ group: 'Do', label, act },
  ...fields,
});

const STANDING: readonly Standing[] = [
  go('Home', '/', { also: 'latest articles start' }),
  go('Following', '/?feed=following', { for: 'members' }),
  go('Chat', '/chat', { for: 'members', also: 'messages rooms' }),
  go('People', '/people', { for: 'members', also: 'friends requests online' }),
  go('Notifications', '/notifications', { for: 'members', also: 'bell' }),
  go('Settings', '/settings', { for: 'members', also: 'account password sessions preferences' }),
  go('Log in', '/login', { for: 'visitors', also: 'sign in' }),
  go('Join Lyceum', '/join', { for: 'visitors', also: 'sign up register account' }),
  { group: 'Do', label: 'Write an article', to: '/write', for: 'members', also: 'new draft post' },
  act('Message somebody', 'new-chat', { for: 'members', also: 'new chat direct' }),
  act('New room', 'new-room', { for: 'members', also: 'create group public' }),
  act('Find public rooms', 'browse-rooms', { for: 'members', also: 'browse join' }),
  { group: 'Do', label: 'New course', to: '/write/course', for: 'members', also: 'create series' },
  act('Theme: light', 'theme-light', { also: 'appearance bright day' }),
  act('Theme: dark', 'theme-dark', { also: 'appearance night' }),
  act('Theme: as your device', 'theme-system', { also: 'appearance system auto' }),
  act('Keyboard shortcuts', 'help', { also: 'keys help' }),
  act('Log out', 'log-out', { for: 'members', also: 'sign out leave' }),
];

/** The pages and deeds that are there for this reader. */
export const standingFor = (username: string | null): Entry[] => {
  const own = username ? [go('Your profile', `/@${username}`, { also: 'me' })] : [];
  return [...STANDING, ...own]
    .filter(({ for: whom }) => !whom || (whom === 'members') === (username !== null))
    .map((entry) => ({ ...entry, id: `${entry.group} ${entry.label}`, detail: '' }))
    .sort((a, b) => Number(a.group === 'Do') - Number(b.group === 'Do'));
};

export const ofRoom = (room: Room): Entry => ({
  ...{ id: `room ${room.id}`, group: 'Your rooms', label: titleOf(room), to: `/chat/${room.id}` },
  ...{ detail: ROOM_WORDS[room.kind], room, unread: room.unread },
});
const ROOM_WORDS: Record<Room['kind'], string> = {
  direct: 'Direct chat',
  group: 'Group',
  public: 'Public room',
  article: 'Article’s conversation',
};

export const ofHit = ({ kind, id, title, url, person }: SearchHit): Entry => {
  const people = kind === 'people';
  return {
    id: `${kind} ${id}`,
    group: people ? 'People' : 'Articles',
    label: title,
    detail: people ? `@${person.username}` : `by ${person.name}`,
    to: url,
    person: people ? person : undefined,
  };
};

/** Always there to go on with: the words on the search page. */
export const ofSearch = (q: string, to: string): Entry => ({
  ...{ id: 'search', group: 'Search', detail: '', to },
  label: q ? `Search everything for “${q}”` : 'Search everything',
});

const folded = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Whether each word asked for begins a word of the entry. */
export const isFound = ({ label, detail, also = '' }: Entry, q: string): boolean => {
  const words = folded(`${label} ${detail} ${also}`);
  return folded(q).every((asked) => words.some((word) => word.startsWith(asked)));
};
