import type { Actor } from '../platform/actor.ts';
import { newId } from '../platform/ids.ts';
import type { Services } from '../services.ts';
import type { World, WorldArticle, WorldResponse, WorldRoom } from './world/types.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Everybody joined before the first word was written. */
const JOINED_DAYS_AGO = 60;

type Options = {
  password: string;
  /** Sets the clock of the services, milliseconds since 1970. */
  set: (now: number) => void;
  now: number;
};

export type Filled = {
  people: number;
  articles: number;
  responses: number;
  rooms: number;
  messages: number;
};

/** Makes the world through the services; the clock walks through its past. */
export const fill = async (services: Services, world: World, options: Options): Promise<Filled> => {
  const { set, now } = options;
  const actors = await enrol(services, world, options);
  const actorOf = (username: string): Actor => {
    const actor = actors.get(username);
    if (!actor) throw new Error(`nobody is called ${username}`);
    return actor;
  };
  await befriend(services, world, actorOf);
  for (const [username, tag] of world.follows)
    await services.articles.followTag(actorOf(username), tag);

  const counts = { articles: 0, responses: 0, rooms: 0, messages: 0 };
  const ids = new Map<string, string>();
  const parts = [
    ...world.articles.map((article) => ({ daysAgo: article.daysAgo, article })),
    ...world.rooms.map((room) => ({ daysAgo: room.daysAgo, room })),
  ].sort((a, b) => b.daysAgo - a.daysAgo);
  for (const part of parts) {
    set(now - part.daysAgo * DAY);
    if ('article' in part) {
      const { id, responses } = await publish(services, part.article, { set, now, actorOf });
      ids.set(part.article.title, id);
      counts.articles += 1;
      counts.responses += responses;
    } else {
      counts.rooms += 1;
      counts.messages += await talk(services, part.room, { set, now, actorOf });
    }
  }
  set(now);
  for (const { author, title, body, articles } of world.courses) {
    const course = await services.courses.create(actorOf(author), { title, body });
    const articleIds = articles.map((each) => ids.get(each) ?? '');
    await services.courses.order(actorOf(author), course.id, articleIds);
  }
  return { people: actors.size, ...counts };
};

const enrol = async ({ accounts }: Services, world: World, { password, set, now }: Options) => {
  const actors = new Map<string, Actor>();
  const device = { ip: '127.0.0.1', agent: 'sample world' };
  for (const [index, { username, name, bio }] of world.people.entries()) {
    set(now - JOINED_DAYS_AGO * DAY + index * 7 * 60 * MINUTE);
    const email = `${username}@example.org`;
    const { secret } = await accounts.signUp({ username, name, email, password }, device);
    const actor = await accounts.authenticate({ session: secret });
    if (!actor) throw new Error(`${username} could not sign in`);
    await accounts.changeMe(actor, { bio });
    actors.set(username, actor);
  }
  return actors;
};

const befriend = async (
  { people }: Services,
  { friends, requests }: World,
  actorOf: (username: string) => Actor,
) => {
  for (const [from, to] of friends) {
    const { id } = await people.request(actorOf(from), { to });
    await people.accept(actorOf(to), id);
  }
  for (const [from, to] of requests) await people.request(actorOf(from), { to });
};

type Telling = {
  set: (now: number) => void;
  now: number;
  actorOf: (username: string) => Actor;
};

/** Minutes between two words, so that the same world is filled each time. */
const pauseAfter = (body: string) => (2 + (body.length % 37)) * MINUTE;

const publish = async (services: Services, article: WorldArticle, telling: Telling) => {
  const { author, title, body, tags, responses = [], daysAgo } = article;
  const { actorOf, set, now } = telling;
  const input = { title, body, tags: [...tags], publish: true };
  const { id, roomId } = await services.articles.create(actorOf(author), input);
  let at = now - daysAgo * DAY;
  let count = 0;
  const respond = async (response: WorldResponse, replyTo?: string): Promise<void> => {
    // Nothing is said in the future, however lively a young article is.
    at = Math.min(at + pauseAfter(response.body), now - MINUTE);
    set(at);
    count += 1;
    const sending = { roomId, clientId: newId(), body: response.body, replyTo };
    const { message } = await services.rooms.send(actorOf(response.by), sending);
    for (const reply of response.replies ?? []) await respond(reply, message.id);
  };
  for (const response of responses) await respond(response);
  return { id, responses: count };
};

const openRoom = async (
  { rooms }: Services,
  { kind, title = '', members }: WorldRoom,
  actorOf: (username: string) => Actor,
): Promise<string> => {
  const [first = '', second = '', ...others] = members;
  if (kind === 'direct') return (await rooms.openDirect(actorOf(first), second)).id;
  const room = await rooms.create(actorOf(first), { kind, title, members: [second, ...others] });
  return room.id;
};

const talk = async (services: Services, room: WorldRoom, { set, now, actorOf }: Telling) => {
  const roomId = await openRoom(services, room, actorOf);
  let at = now - room.daysAgo * DAY;
  for (const { by, body } of room.messages) {
    at = Math.min(at + pauseAfter(body), now - MINUTE);
    set(at);
    await services.rooms.send(actorOf(by), { roomId, clientId: newId(), body });
  }
  return room.messages.length;
};
