import { createAccountsMongoStore } from './accounts/store.mongo.ts';
import { createArticlesMongoStore } from './articles/store.mongo.ts';
import { createCoursesMongoStore } from './courses/store.mongo.ts';
import { createSearchMongoStore } from './discovery/store.mongo.ts';
import { createNotificationsMongoStore } from './notifications/store.mongo.ts';
import { createPeopleMongoStore } from './people/store.mongo.ts';
import { openMongo } from './platform/mongo.ts';
import { createPresenceMongoStore } from './presence/store.mongo.ts';
import { createRoomsMongoStore } from './rooms/store.mongo.ts';
import type { Stores } from './stores.ts';

/** Connects, and makes the indexes that are missing. */
export const openMongoStores = async (url: string): Promise<Stores> => {
  const mongo = await openMongo(url);
  const stores = {
    accounts: createAccountsMongoStore(mongo),
    people: createPeopleMongoStore(mongo),
    presence: createPresenceMongoStore(mongo),
    rooms: createRoomsMongoStore(mongo),
    articles: createArticlesMongoStore(mongo),
    courses: createCoursesMongoStore(mongo),
    discovery: createSearchMongoStore(mongo),
    notifications: createNotificationsMongoStore(mongo),
  };
  await mongo.prepare();
  return { kind: 'mongodb', epoch: mongo.epoch, ...stores, check: mongo.ping, close: mongo.close };
};
