import { createArticlesMongoStore } from '../../src/articles/store.mongo.ts';
import { createArticlesSqliteStore, migrations } from '../../src/articles/store.sqlite.ts';
import type { ArticlesStore } from '../../src/articles/store.ts';
import { openMongo } from '../../src/platform/mongo.ts';
import { openSqlite } from '../../src/platform/sqlite.ts';
import type { StoreName } from '../support/backends.ts';
import { freshFolder, freshMongo } from '../support/place.ts';

export type OpenStore = { store: ArticlesStore; close: () => Promise<void> };

const onSqlite = async (): Promise<OpenStore> => {
  const folder = await freshFolder();
  const db = await openSqlite(`${folder.path}/lyceum.db`, { articles: migrations });
  return {
    store: createArticlesSqliteStore(db),
    close: async () => {
      await db.close();
      await folder.close();
    },
  };
};

const onMongo = async (): Promise<OpenStore> => {
  const database = await freshMongo();
  const mongo = await openMongo(database.url);
  const store = createArticlesMongoStore(mongo);
  await mongo.prepare();
  return {
    store,
    close: async () => {
      await mongo.close();
      await database.close();
    },
  };
};

/** An empty articles store; `close` removes its data. */
export const openArticlesStore = (name: StoreName): Promise<OpenStore> =>
  name === 'sqlite' ? onSqlite() : onMongo();
