import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, test } from 'vitest';

/** What a test can need beside Node. SQLite is always there. */
export type Backend = 'sqlite' | 'mongodb' | 'redis' | 'chromium';
export type StoreName = 'sqlite' | 'mongodb';
export const storeNames: readonly StoreName[] = ['sqlite', 'mongodb'];
export const backends: readonly Backend[] = ['sqlite', 'mongodb', 'redis', 'chromium'];

export const backendTitle: Record<Backend, string> = {
  sqlite: 'SQLite',
  mongodb: 'MongoDB',
  redis: 'Redis',
  chromium: 'chromium',
};

/** The first of these programs that is on the path. */
export const onPath = (names: readonly string[]): string | null => {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this folder.
      }
    }
  }
  return null;
};

export const mongoUrl = process.env.MONGO_URL || null;
export const redisUrl = process.env.REDIS_URL || null;
export const redisBinary = onPath(['redis-server']);
export const chromiumBinary =
  process.env.CHROMIUM || onPath(['chromium', 'chromium-browser', 'google-chrome']);
const requireAll = process.env.REQUIRE_ALL === '1';

/** Why a backend cannot be used here, in words for the reader; null when it can. */
export const missing = (backend: Backend): string | null => {
  if (backend === 'mongodb' && !mongoUrl) return 'MONGO_URL is not set';
  if (backend === 'redis' && !redisUrl && !redisBinary)
    return 'no redis-server on the path and REDIS_URL is not set';
  if (backend === 'chromium' && !chromiumBinary) return 'no chromium on the path';
  return null;
};

/**
 * `describe` for tests that need these backends. Where one is missing they are
 * skipped and the closing block says why; with REQUIRE_ALL=1 that is a failure.
 */
export const describeOn = (needs: readonly Backend[], title: string, body: () => void): void => {
  const full = `${title} on ${needs.map((need) => backendTitle[need]).join(' and ')}`;
  const tags = [...needs];
  const reason = needs.map(missing).find((why) => why !== null);
  if (reason === undefined) {
    describe(full, { tags }, body);
  } else if (requireAll) {
    test(`${full}: everything it needs is there`, { tags }, () => {
      throw new Error(reason);
    });
  } else {
    describe.skip(full, { tags }, body);
  }
};

/** The same tests once for each store. */
export const describeOnStores = (title: string, body: (store: StoreName) => void): void => {
  for (const store of storeNames) describeOn([store], title, () => body(store));
};
