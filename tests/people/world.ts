import { type Accounts, createAccounts } from '../../src/accounts/service.ts';
import {
  migrations as accountsSteps,
  createAccountsSqliteStore,
} from '../../src/accounts/store.sqlite.ts';
import type { TellName, Tells } from '../../src/contract.ts';
import { createLog } from '../../src/log.ts';
import { createPeople, type People } from '../../src/people/service.ts';
import {
  createPeopleSqliteStore,
  migrations as peopleSteps,
} from '../../src/people/store.sqlite.ts';
import type { Actor } from '../../src/platform/actor.ts';
import { createMemoryBus } from '../../src/platform/bus.ts';
import type { Clock } from '../../src/platform/clock.ts';
import type { Connection } from '../../src/platform/connections.ts';
import type { Frame } from '../../src/platform/frame.ts';
import { newId } from '../../src/platform/ids.ts';
import { createMemoryLimits } from '../../src/platform/limits.ts';
import { createLive, type Live } from '../../src/platform/live.ts';
import { createMailer } from '../../src/platform/mail.ts';
import { openSqlite, type Sqlite } from '../../src/platform/sqlite.ts';
import { migrations as presenceSteps } from '../../src/presence/store.sqlite.ts';
import { freshFolder } from '../support/place.ts';

/** A clock that moves when a test says so. */
export type HandClock = Clock & { move(ms: number): void };
export const handClock = (from = Date.UTC(2026, 0, 1)): HandClock => {
  let now = from;
  return {
    now: () => now,
    iso: () => new Date(now).toISOString(),
    move: (ms) => {
      now += ms;
    },
  };
};

/** A device: what reaches its connection, in order. */
export type Device = Connection & {
  told: { event: TellName; payload: unknown }[];
  of<E extends TellName>(event: E): Tells[E][];
  leave(): void;
};

export const device = (actor: Actor | null): Device => {
  const told: Device['told'] = [];
  const listeners = new Set<(connection: Connection) => void>();
  let gone = false;
  const leave = () => {
    gone = true;
    for (const listener of [...listeners]) listener(here);
    listeners.clear();
  };
  const here: Device = {
    id: newId(),
    actor,
    asking: 0,
    told,
    of: (event) =>
      told.filter((each) => each.event === event).map(({ payload }) => payload as never),
    send: ({ packet }: Frame) => {
      const [event, payload] = JSON.parse(packet.slice(1)) as [TellName, unknown];
      told.push({ event, payload });
    },
    end: leave,
    onEnd: (listener) => {
      if (gone) listener(here);
      else listeners.add(listener);
    },
    leave,
  };
  return here;
};

export type World = {
  clock: HandClock;
  live: Live;
  db: Sqlite;
  accounts: Accounts;
  people: People;
  /** A new account; `ageHours` old. */
  join(username: string, ageHours?: number): Promise<Actor>;
  /** A connected device of a person. */
  connect(actor: Actor): Device;
  close(): Promise<void>;
};

export const quiet = createLog('silent');

/** Messages that can be described, by id: whoever is named may read them. */
export type Messages = Map<string, { text: string; url: string; readers: string[] }>;

/** Accounts and people on a store of their own, with a clock that is moved by hand. */
export const openWorld = async (messages: Messages = new Map()): Promise<World> => {
  const folder = await freshFolder();
  const db = await openSqlite(`${folder.path}/lyceum.db`, {
    accounts: accountsSteps,
    people: peopleSteps,
    presence: presenceSteps,
  });
  const clock = handClock();
  const bus = createMemoryBus();
  const live = createLive(bus);
  const limits = createMemoryLimits(clock, 1_000);
  const store = createAccountsSqliteStore(db);
  const accounts = createAccounts({
    store,
    live,
    bus,
    limits,
    mailer: await createMailer(null, 'http://localhost', quiet),
    clock,
    log: quiet,
    config: { origins: ['http://localhost'], sessionDays: 30, rateScale: 1_000 },
  });
  const people = createPeople({
    store: createPeopleSqliteStore(db),
    accounts,
    live,
    clock,
    log: quiet,
    describeMessage: async (messageId, viewerId) => {
      const message = messages.get(messageId);
      return message?.readers.includes(viewerId) ? { text: message.text, url: message.url } : null;
    },
  });
  const join = async (username: string, ageHours = 1_000): Promise<Actor> => {
    const id = newId();
    const joinedMs = clock.now() - ageHours * 3_600_000;
    const joinedAt = new Date(joinedMs).toISOString();
    const email = `${username}@example.org`;
    const more = { bio: '', avatar: null, emailVerified: false, roles: [], settings: {} };
    await store.createAccount({ id, username, name: username, email, joinedAt, ...more }, 'none');
    return { userId: id, username, roles: [], joinedMs, via: { kind: 'session', id: newId() } };
  };
  return {
    clock,
    live,
    db,
    accounts,
    people,
    join,
    connect: (actor) => {
      const connection = device(actor);
      live.add(connection);
      return connection;
    },
    close: async () => {
      limits.close();
      await db.close();
      await folder.close();
    },
  };
};
