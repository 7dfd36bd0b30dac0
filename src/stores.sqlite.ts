import { join } from 'node:path';
import * as accounts from './accounts/store.sqlite.ts';
import * as articles from './articles/store.sqlite.ts';
import * as courses from './courses/store.sqlite.ts';
import * as discovery from './discovery/store.sqlite.ts';
import * as notifications from './notifications/store.sqlite.ts';
import * as people from './people/store.sqlite.ts';
import { openSqlite } from './platform/sqlite.ts';
import * as presence from './presence/store.sqlite.ts';
import * as rooms from './rooms/store.sqlite.ts';
import type { Stores } from './stores.ts';

/** The schema of every feature. */
const migrations = {
  accounts: accounts.migrations,
  people: people.migrations,
  presence: presence.migrations,
  rooms: rooms.migrations,
  articles: articles.migrations,
  courses: courses.migrations,
  discovery: discovery.migrations,
  notifications: notifications.migrations,
};

/** Opens (or makes) the database file in this folder. */
export const openSqliteStores = async (dataDir: string): Promise<Stores> => {
  const db = await openSqlite(join(dataDir, 'lyceum.db'), migrations);
  return {
    kind: 'sqlite',
    epoch: db.epoch,
    accounts: accounts.createAccountsSqliteStore(db),
    people: people.createPeopleSqliteStore(db),
    presence: presence.createPresenceSqliteStore(db),
    rooms: rooms.createRoomsSqliteStore(db),
    articles: articles.createArticlesSqliteStore(db),
    courses: courses.createCoursesSqliteStore(db),
    discovery: discovery.createSearchSqliteStore(db),
    notifications: notifications.createNotificationsSqliteStore(db),
    check: async () => void db.get('SELECT 1'),
    close: db.close,
  };
};
