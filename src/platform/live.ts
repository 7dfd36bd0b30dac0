import type { TellName, Tells } from '../contract.ts';
import type { Bus } from './bus.ts';
import type { CloseReason, Connection } from './connections.ts';
import { encode, type Frame, frameOf } from './frame.ts';

/** `except`: a connection that knows already. */
type SendOptions = { volatile?: boolean; except?: Connection | undefined };
type Ending = { userId?: string; viaIds?: string[]; exceptViaId?: string; reason: CloseReason };

/** Typed fan-out to the connections of all processes. It promises nothing: stores do. */
export type Live = {
  /** Lets a connection hear its person's topic; ends by itself with the connection. */
  add(connection: Connection): void;
  toTopic<E extends TellName>(
    topic: string,
    event: E,
    payload: Tells[E],
    options?: SendOptions,
  ): void;
  toUser<E extends TellName>(
    userId: string,
    event: E,
    payload: Tells[E],
    options?: SendOptions,
  ): void;
  toUsers<E extends TellName>(userIds: readonly string[], event: E, payload: Tells[E]): void;
  /** Ends the connections of a person, or of some sessions and tokens, on every process. */
  end(ending: Ending): void;
  /** Those of this process. */
  connections(): IterableIterator<Connection>;
  connectionsOf(userId: string): readonly Connection[];
  close(): void;
};

const ENDINGS = 'endings';
export const userTopic = (userId: string) => `user:${userId}`;

const isMeant = ({ userId, viaIds, exceptViaId }: Ending, connection: Connection): boolean => {
  const { actor } = connection;
  if (!actor || actor.via.id === exceptViaId) return false;
  if (viaIds) return viaIds.includes(actor.via.id);
  return actor.userId === userId;
};

/** The connections of one person: a few, in a list that is never changed but replaced. */
type Topic = { members: readonly Connection[]; unsubscribe: () => void };

export const createLive = (bus: Bus): Live => {
  const topics = new Map<string, Topic>();
  const all = new Set<Connection>();

  const sendHere = (topic: string, frame: Frame, options: SendOptions = {}) => {
    for (const connection of topics.get(topic)?.members ?? [])
      if (connection !== options.except) connection.send(frame, options);
  };
  /** Whether anybody can hear it: most people have one device, and that is often the exception. */
  const isHeard = (topic: string, except: Connection | undefined): boolean => {
    if (bus.kind === 'redis') return true;
    const members = topics.get(topic)?.members;
    return members !== undefined && members.length > (except && members.includes(except) ? 1 : 0);
  };
  const open = (name: string): Topic => {
    const unsubscribe = bus.subscribe(name, (message) => {
      // A leading `~` marks what may be dropped for slow readers.
      const volatile = message.startsWith('~');
      sendHere(name, frameOf(volatile ? message.slice(1) : message), { volatile });
    });
    const topic: Topic = { members: [], unsubscribe };
    topics.set(name, topic);
    return topic;
  };
  const leave = (name: string, connection: Connection) => {
    const topic = topics.get(name);
    if (!topic) return;
    topic.members = topic.members.filter((each) => each !== connection);
    if (topic.members.length > 0) return;
    topic.unsubscribe();
    topics.delete(name);
  };
  const enter = (name: string, connection: Connection) => {
    const topic = topics.get(name) ?? open(name);
    // A list that was spread would have room for 17.
    topic.members = topic.members.concat(connection);
  };
  const gone = (connection: Connection) => {
    all.delete(connection);
    if (connection.actor) leave(userTopic(connection.actor.userId), connection);
  };
  const endHere = (ending: Ending) => {
    for (const connection of [...all])
      if (isMeant(ending, connection)) connection.end(ending.reason);
  };
  const unsubscribeEndings = bus.subscribe(ENDINGS, (message) =>
    endHere(JSON.parse(message) as Ending),
  );
  const toTopic: Live['toTopic'] = (topic, event, payload, options) => {
    if (!isHeard(topic, options?.except)) return;
    const frame = encode(event, payload);
    sendHere(topic, frame, options);
    bus.publish(topic, options?.volatile ? `~${frame.packet}` : frame.packet);
  };
  const toUser: Live['toUser'] = (userId, event, payload, options) =>
    toTopic(userTopic(userId), event, payload, options);
  return {
    add: (connection) => {
      const { actor } = connection;
      all.add(connection);
      if (actor) enter(userTopic(actor.userId), connection);
      connection.onEnd(gone);
    },
    toTopic,
    toUser,
    toUsers: (userIds, event, payload) => {
      for (const userId of userIds) toUser(userId, event, payload);
    },
    end: (ending) => {
      endHere(ending);
      bus.publish(ENDINGS, JSON.stringify(ending));
    },
    connections: () => all.values(),
    connectionsOf: (userId) => topics.get(userTopic(userId))?.members ?? [],
    close: () => {
      unsubscribeEndings();
      for (const topic of topics.values()) topic.unsubscribe();
      topics.clear();
    },
  };
};
