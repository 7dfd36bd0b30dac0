import type { Config } from './config.ts';
import type { Stores } from './stores.ts';

/**
 * SQLite in `dataDir`, or MongoDB when `mongoUrl` is set: the only place that asks. The other
 * one's driver is not even loaded.
 */
export const openStores = async ({ mongoUrl, dataDir }: Config): Promise<Stores> => {
  if (mongoUrl) return (await import('./stores.mongo.ts')).openMongoStores(mongoUrl);
  return (await import('./stores.sqlite.ts')).openSqliteStores(dataDir);
};
