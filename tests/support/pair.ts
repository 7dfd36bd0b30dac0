import { startApp, type TestApp } from './app.ts';
import type { StoreName } from './backends.ts';
import { signUp, type TestPerson } from './client.ts';
import { openPlace } from './place.ts';

/** A site on this store, and two people who joined it. */
export type Pair = { app: TestApp; ana: TestPerson; ben: TestPerson; close: () => Promise<void> };

export const openPair = async (store: StoreName): Promise<Pair> => {
  const place = await openPlace({ store });
  const app = await startApp({ place });
  const close = async () => {
    await app.close();
    await place.close();
  };
  return { app, ana: await signUp(app.url, 'ana'), ben: await signUp(app.url, 'ben'), close };
};
