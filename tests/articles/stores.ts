import { createArticlesMongoStore } from '../../src/articles/store.mongo.ts';
import { createArticlesSqliteStore, migrations } from '../../src/articles/store.sqlite.ts';
import type { ArticlesStore } from '../../src/articles/store.ts';
import * as support from '../support/store.ts';

export type OpenStore = support.OpenStore<ArticlesStore>;

/** An empty articles store; `close` removes its data. */
export const openArticlesStore = support.storeOpener<ArticlesStore>({
  migrations,
  sqlite: createArticlesSqliteStore,
  mongo: createArticlesMongoStore,
});
