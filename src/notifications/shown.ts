import type { Accounts } from '../accounts/service.ts';
import type { Articles } from '../articles/service.ts';
import type { Rooms } from '../rooms/service.ts';
import type { Notification } from './contract.ts';
import type { NotificationRecord } from './store.ts';
import { type About, textOf, urlOf } from './words.ts';

/** How many people a notification names. */
const SHOWN = 3;

type Options = {
  accounts: Pick<Accounts, 'people'>;
  rooms: Pick<Rooms, 'places'>;
  articles: Pick<Articles, 'cards'>;
};

/** Rows as their person sees them: names and titles are those of now. */
export type Shown = (
  userId: string,
  rows: readonly NotificationRecord[],
) => Promise<Notification[]>;

export const createShown = ({ accounts, rooms, articles }: Options): Shown => {
  const aboutsOf = async (userId: string, rows: readonly NotificationRecord[]) => {
    const roomIds = idsOf(rows, 'roomId');
    const articleIds = idsOf(rows, 'articleId');
    const [places, cards] = await Promise.all([
      roomIds.length > 0 ? rooms.places(userId, roomIds) : new Map<string, never>(),
      articleIds.length > 0 ? articles.cards(null, articleIds) : [],
    ]);
    const bySlug = new Map(cards.map(({ id, slug, title }) => [id, { slug, title }]));
    return ({ place: { roomId, articleId } }: NotificationRecord): About => {
      const article = articleId ? bySlug.get(articleId) : undefined;
      if (article) return { kind: 'article', ...article };
      const room = roomId ? places.get(roomId) : undefined;
      if (!roomId || !room) return null;
      if (room.article) return { kind: 'article', ...room.article };
      return room.kind === 'direct'
        ? { kind: 'direct', roomId }
        : { kind: 'room', roomId, title: room.title };
    };
  };
  return async (userId, rows) => {
    const [people, aboutOf] = await Promise.all([
      accounts.people(rows.flatMap((row) => row.people.slice(0, SHOWN))),
      aboutsOf(userId, rows),
    ]);
    return rows.map((row) => {
      const named = row.people.slice(0, SHOWN).flatMap((id) => people.get(id) ?? []);
      const { id, kind, subject, count, at, readAt, rev, place } = row;
      const { messageId } = place;
      const told = { kind, people: named, count, about: aboutOf(row), messageId };
      const [text, url] = [textOf(told), urlOf(told)];
      return { id, kind, subject, people: named, count, url, text, at, readAt, rev };
    });
  };
};

const idsOf = (rows: readonly NotificationRecord[], key: 'roomId' | 'articleId') => [
  ...new Set(rows.flatMap(({ place }) => place[key] ?? [])),
];
