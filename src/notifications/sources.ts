import type { Articles } from '../articles/service.ts';
import type { People } from '../people/service.ts';
import type { Clock } from '../platform/clock.ts';
import { groupedBy } from '../platform/grouped-by.ts';
import type { Rooms } from '../rooms/service.ts';
import type { Deliver } from './deliver.ts';
import type { News } from './merge.ts';
import {
  type Addressed,
  addressedIn,
  type Committed,
  mayConcern,
  retractedIn,
  retractedOf,
} from './room-news.ts';

/** A new article is told to at most so many people. */
const READERS_MAX = 1_000;

export type Sources = {
  rooms: Pick<Rooms, 'message' | 'hearers' | 'committed' | 'invited'>;
  people: Pick<
    People,
    'friendIds' | 'closeness' | 'blockedWith' | 'requested' | 'accepted' | 'dropped' | 'blocked'
  >;
  articles: Pick<Articles, 'followersOf' | 'published'>;
};

type Options = Sources & { deliver: Deliver; clock: Clock };

/** Hears what happens elsewhere and turns it into news for those it concerns. */
export const listenToSources = (options: Options) => {
  listenToRooms(options);
  listenToPeople(options);
  listenToArticles(options);
};

const listenToRooms = ({ rooms, people, deliver, clock }: Options) => {
  rooms.committed.on(async (committed: Committed) => {
    if (!mayConcern(committed)) return;
    const addressed = await addressedIn(committed, rooms.message);
    const wanted = await wantedOf(committed.room.id, addressed, { rooms, people });
    const each = groupedBy(wanted, ({ userId }) => userId);
    await Promise.all(
      [...each].map(([userId, group]) =>
        deliver.news(
          userId,
          group.map(({ news }) => news),
        ),
      ),
    );
    for (const gone of await retractedIn(committed, rooms.message)) await deliver.retract(gone);
    // What was deleted while this was being told is taken back by whoever tells last.
    for (const messageId of new Set(wanted.map(({ news }) => news.place.messageId ?? ''))) {
      const message = (await rooms.message(messageId))?.message;
      if (message?.deleted) await deliver.retract(retractedOf(committed.room, message));
    }
  });
  rooms.invited.on(async ({ room, userId, by }) => {
    if ((await people.closeness(by, [userId])).get(userId)?.blocked) return;
    const causeId = `${by}:${clock.iso()}`;
    const place = { roomId: room.id };
    await deliver.news(userId, [act('room_invite', room.id, by, causeId, clock, place)]);
  });
};

const listenToPeople = ({ people, deliver, clock }: Options) => {
  people.requested.on(({ id, from, to }) =>
    deliver.news(to.id, [act('friend_request', from.id, from.id, id, clock)]),
  );
  people.accepted.on(async ({ id, from, to }) => {
    await deliver.settle(to.id, 'friend_request', from.id);
    await deliver.news(from.id, [act('friend_accepted', to.id, to.id, id, clock)]);
  });
  people.dropped.on(({ from, to }) => deliver.settle(to, 'friend_request', from));
  people.blocked.on(({ by, userId }) => deliver.forget(by, userId));
};

const listenToArticles = ({ people, articles, deliver, clock }: Options) => {
  articles.published.on(async ({ article: { id, author, tags } }) => {
    const [friends, followers, blocked] = await Promise.all([
      people.friendIds(author.id),
      articles.followersOf(tags, READERS_MAX),
      people.blockedWith(author.id),
    ]);
    const readers = new Set([...friends, ...followers]);
    readers.delete(author.id);
    const userIds = [...readers].filter((each) => !blocked.has(each)).slice(0, READERS_MAX);
    await deliver.broadcast(userIds, act('article', id, author.id, id, clock, { articleId: id }));
  });
};

/** Without those who muted the room, may not see it, or are apart from who did it by a block. */
const wantedOf = async (
  roomId: string,
  addressed: readonly Addressed[],
  { rooms, people }: Pick<Sources, 'rooms' | 'people'>,
): Promise<Addressed[]> => {
  if (addressed.length === 0) return [];
  const userIds = new Set(addressed.map(({ userId }) => userId));
  const hearing = new Set(await rooms.hearers(roomId, [...userIds]));
  const heard = addressed.filter(({ userId }) => hearing.has(userId));
  const kept = await Promise.all(
    [...groupedBy(heard, ({ news }) => news.personId)].map(async ([personId, group]) => {
      const ids = group.map(({ userId }) => userId);
      const closeness = await people.closeness(personId, ids);
      return group.filter(({ userId }) => !closeness.get(userId)?.blocked);
    }),
  );
  return kept.flat();
};

const act = (
  kind: News['kind'],
  subject: string,
  personId: string,
  causeId: string,
  clock: Clock,
  place: News['place'] = {},
): News => ({ kind, subject, personId, causeId, at: clock.iso(), place });
