import { type Accounts, createAccounts } from './accounts/service.ts';
import { type Articles, createArticles } from './articles/service.ts';
import type { Config } from './config.ts';
import { type Courses, createCourses } from './courses/service.ts';
import { createDiscovery, type Discovery } from './discovery/service.ts';
import type { Logger } from './log.ts';
import { createNotifications, type Notifications } from './notifications/service.ts';
import { createPeople, type DescribeMessage, type People } from './people/service.ts';
import type { Clock } from './platform/clock.ts';
import type { Live } from './platform/live.ts';
import type { Mailer } from './platform/mail.ts';
import type { Shared } from './platform/shared.ts';
import { createPresence, type Presence } from './presence/service.ts';
import { createRooms, pathOf, type Rooms } from './rooms/service.ts';
import type { Stores } from './stores.ts';

export type Services = {
  accounts: Accounts;
  people: People;
  presence: Presence;
  rooms: Rooms;
  articles: Articles;
  courses: Courses;
  discovery: Discovery;
  notifications: Notifications;
  close(): Promise<void>;
};

type Options = {
  config: Config;
  stores: Stores;
  shared: Shared;
  live: Live;
  mailer: Mailer;
  clock: Clock;
  log: Logger;
};

/** How much of a message a friend request quotes. */
const ABOUT_MAX = 280;

/** The features in their order, each given what it may call. */
export const createServices = (options: Options): Services => {
  const { config, stores, shared, live, mailer, clock, log } = options;
  const { bus, leases, limits } = shared;
  const base = { live, bus, clock, log };
  const accounts = createAccounts({ ...base, store: stores.accounts, limits, mailer, config });
  // People come before rooms; what a message says is asked only when both are there.
  const describeMessage: DescribeMessage = async (messageId, userId) => {
    const found = await rooms.message(messageId, { userId });
    return found && { text: found.message.body.slice(0, ABOUT_MAX), url: pathOf(found) };
  };
  const people = createPeople({ ...base, store: stores.people, accounts, describeMessage });
  const presence = createPresence({ ...base, store: stores.presence, accounts, people, leases });
  const rooms = createRooms({ ...base, store: stores.rooms, accounts, people });
  const known = { ...base, accounts, people, rooms };
  const articles = createArticles({ ...known, store: stores.articles, leases });
  const courses = createCourses({ ...known, store: stores.courses, articles });
  const discovery = createDiscovery({
    store: stores.discovery,
    accounts,
    people,
    presence,
    rooms,
    articles,
    clock,
    log,
  });
  const notifications = createNotifications({ ...known, store: stores.notifications, articles });
  presence.start();
  return {
    accounts,
    people,
    presence,
    rooms,
    articles,
    courses,
    discovery,
    notifications,
    close: async () => {
      await presence.close();
      rooms.close();
      await articles.close();
      await discovery.close();
    },
  };
};
