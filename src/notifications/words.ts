import type { NotificationKind } from './contract.ts';

/** What a notification is about, as its reader may see it now; null when it is gone. */
export type About =
  | { kind: 'article'; slug: string; title: string }
  | { kind: 'direct'; roomId: string }
  | { kind: 'room'; roomId: string; title: string }
  | null;

type Told = {
  kind: NotificationKind;
  /** The latest first, at most 3. */
  people: readonly { name: string; username: string }[];
  count: number;
  about: About;
  messageId: string | undefined;
};

/** "Ana", "Ana and Ben", "Ana, Ben and Cleo", "Ana, Ben and 3 more". */
export const namesOf = (people: readonly { name: string }[], count: number): string => {
  const names = people.map(({ name }) => name);
  const [first = 'Somebody', second, third] = names;
  if (count <= 1 || !second) return first;
  if (count === 2) return `${first} and ${second}`;
  if (count === 3 && third) return `${first}, ${second} and ${third}`;
  return `${first}, ${second} and ${count - 2} more`;
};

/** The sentence of a notification. */
export const textOf = ({ kind, people, count, about }: Told): string => {
  const who = namesOf(people, count);
  const under = about?.kind === 'article';
  switch (kind) {
    case 'response':
      return `${who} responded to ${titled(about, 'an article')}`;
    case 'reply':
      return `${who} replied to ${under ? 'your response' : 'your message'}${place(about)}`;
    case 'mention':
      return `${who} mentioned you${place(about)}`;
    case 'reaction':
      return `${who} reacted to ${under ? 'your response' : 'your message'}${place(about)}`;
    case 'room_invite':
      return `${who} invited you to ${titled(about, 'a room')}`;
    case 'friend_request':
      return `${who} would like to be your friend`;
    case 'friend_accepted':
      return `${who} accepted your friend request`;
    case 'article':
      return `${who} published ${titled(about, 'an article')}`;
  }
};

/** Where a notification leads: the very place, as far as its reader may go there. */
export const urlOf = ({ kind, people, about, messageId }: Told): string => {
  if (kind === 'friend_request') return '/people';
  if (kind === 'friend_accepted') return people[0] ? `/@${people[0].username}` : '/people';
  if (!about) return '/notifications';
  if (about.kind === 'article')
    return `/a/${about.slug}${messageId && kind !== 'article' ? `#r-${messageId}` : ''}`;
  const isMessage = messageId && kind !== 'room_invite';
  return `/chat/${about.roomId}${isMessage ? `?at=${messageId}` : ''}`;
};

const titled = (about: About, gone: string): string =>
  about && 'title' in about ? `“${about.title}”` : `${gone} that is gone`;

const place = (about: About): string => {
  if (!about) return '';
  if (about.kind === 'article') return ` under “${about.title}”`;
  return about.kind === 'room' ? ` in “${about.title}”` : '';
};
