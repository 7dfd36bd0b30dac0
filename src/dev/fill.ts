import type { Actor } from '../platform/actor.ts';
import { newId } from '../platform/ids.ts';
import type { Services } from '../services.ts';
import type {
  WorldArticle,
  WorldConversation,
  WorldMessage,
  WorldResponse,
} from './world/types.ts';
import { unwrapped } from './world/unwrapped.ts';
import type { World } from './world/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Everybody joined before the first word was written. */
const JOINED_DAYS_AGO = 60;

type Options = {
  password: string;
  /** Sets the clock of the services, milliseconds since 1970. */
  set: (now: number) => void;
  now: number;
};
type Telling = Pick<Options, 'set' | 'now'> & {
  services: Services;
  actorOf: (username: string) => Actor;
};
export type Filled = Record<'people' | 'articles' | 'responses' | 'rooms' | 'messages', number>;

/** Makes the world through the services; the clock walks through its past. */
export const fill = async (services: Services, world: World, options: Options): Promise<Filled> => {
  const { set, now } = options;
  const actors = await enrol(services, world, options);
  const actorOf = (username: string): Actor => {
    const actor = actors.get(username);
    if (!actor) throw new Error(`nobody is called ${username}`);
    return actor;
  };
  const telling = { services, actorOf, set, now };
  await befriend(world, telling);

  const filled = { people: actors.size, articles: 0, responses: 0, rooms: 0, messages: 0 };
  const articleIds = new Map<string, string>();
  for (const article of world.articles.toSorted((a, b) => b.daysAgo - a.daysAgo)) {
    const { id, roomId } = await publish(article, telling);
    articleIds.set(article.key, id);
    filled.articles += 1;
    filled.responses += await respond(world.responses[article.key] ?? [], roomId, article, telling);
  }
  await react(world, articleIds, telling);
  await order(world, articleIds, telling);
  for (const conversation of world.conversations.toSorted((a, b) => b.hoursAgo - a.hoursAgo)) {
    filled.rooms += 1;
    filled.messages += await talk(conversation, telling);
  }
  set(now);
  return filled;
};

const enrol = async ({ accounts, articles }: Services, world: World, options: Options) => {
  const { password, set, now } = options;
  const actors = new Map<string, Actor>();
  const device = { ip: '127.0.0.1', agent: 'sample world' };
  for (const [index, { username, name, bio, follows }] of world.people.entries()) {
    set(now - JOINED_DAYS_AGO * DAY + index * 7 * HOUR);
    const email = `${username}@example.org`;
    const { secret } = await accounts.signUp({ username, name, email, password }, device);
    const actor = await accounts.authenticate({ session: secret });
    if (!actor) throw new Error(`${username} could not sign in`);
    await accounts.changeMe(actor, { bio });
    for (const tag of follows) await articles.followTag(actor, tag);
    actors.set(username, actor);
  }
  return actors;
};

const befriend = async (world: World, { services: { people }, actorOf }: Telling) => {
  for (const [from, to] of world.friendships) {
    const { id } = await people.request(actorOf(from), { to });
    await people.accept(actorOf(to), id);
  }
  for (const [from, to] of world.friendRequests) await people.request(actorOf(from), { to });
};

const publish = (article: WorldArticle, { services, actorOf, set, now }: Telling) => {
  const { author, title, tags, daysAgo } = article;
  const body = unwrapped(article.body);
  set(now - daysAgo * DAY);
  return services.articles.create(actorOf(author), { title, body, tags: [...tags], publish: true });
};

/** Minutes before a word, by its length: the same world is filled each time. */
const pauseBefore = ({ body }: WorldMessage) => (2 + (body.length % 37)) * MINUTE;

const say = async (
  { by, body, reactions = {} }: WorldMessage,
  at: { roomId: string; replyTo?: string },
  { services: { rooms }, actorOf }: Telling,
): Promise<string> => {
  const said = { ...at, clientId: newId(), body: unwrapped(body) };
  const { message } = await rooms.send(actorOf(by), said);
  const { roomId } = at;
  for (const [emoji, usernames] of Object.entries(reactions))
    for (const username of usernames)
      await rooms.react(actorOf(username), { roomId, messageId: message.id, emoji, on: true });
  return message.id;
};

const respond = async (
  responses: readonly WorldResponse[],
  roomId: string,
  { daysAgo }: WorldArticle,
  telling: Telling,
): Promise<number> => {
  const { set, now } = telling;
  let at = now - daysAgo * DAY;
  let count = 0;
  const one = async (response: WorldResponse, replyTo?: string): Promise<void> => {
    // Nothing is said in the future, however lively a young article is.
    at = Math.min(at + pauseBefore(response), now - MINUTE);
    set(at);
    count += 1;
    const id = await say(response, { roomId, replyTo }, telling);
    for (const reply of response.replies ?? []) await one(reply, id);
  };
  for (const response of responses) await one(response);
  return count;
};

const react = async (world: World, ids: Map<string, string>, telling: Telling) => {
  const { services, actorOf } = telling;
  for (const [key, reactions] of Object.entries(world.articleReactions))
    for (const [emoji, usernames] of Object.entries(reactions))
      for (const username of usernames)
        await services.articles.react(actorOf(username), ids.get(key) ?? '', { emoji, on: true });
};

const order = async (world: World, ids: Map<string, string>, { services, actorOf }: Telling) => {
  for (const { author, title, body, articles } of world.courses) {
    const course = await services.courses.create(actorOf(author), { title, body });
    const articleIds = articles.map((key) => ids.get(key) ?? '');
    await services.courses.order(actorOf(author), course.id, articleIds);
  }
};

const openRoom = async (conversation: WorldConversation, { services, actorOf }: Telling) => {
  const { rooms } = services;
  if (conversation.kind === 'direct') {
    const [one, other] = conversation.between;
    return (await rooms.openDirect(actorOf(one), other)).id;
  }
  const { kind, title, owner, members } = conversation;
  return (await rooms.create(actorOf(owner), { kind, title, members: [...members] })).id;
};

const talk = async (conversation: WorldConversation, telling: Telling): Promise<number> => {
  const { set, now } = telling;
  const { messages, hoursAgo } = conversation;
  const length = messages.reduce((sum, message) => sum + pauseBefore(message), 0);
  let at = now - hoursAgo * HOUR - length;
  set(at);
  const roomId = await openRoom(conversation, telling);
  for (const message of messages) {
    at += pauseBefore(message);
    set(at);
    await say(message, { roomId }, telling);
  }
  return messages.length;
};
