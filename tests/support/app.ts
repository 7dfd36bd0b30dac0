import { type App, createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { testEnv } from './app-env.ts';
import { openPlace, type Place } from './place.ts';
import { freePort } from './ports.ts';

export type TestApp = {
  url: string;
  app: App;
  place: Place;
  /** Stops the app; its data goes too, unless the place was handed in. */
  close: () => Promise<void>;
};

/** The whole app in this process, on a port of its own. */
export const startApp = async (
  options: {
    place?: Place;
    env?: Record<string, string>;
    overrides?: Parameters<typeof createApp>[1];
  } = {},
): Promise<TestApp> => {
  const place = options.place ?? (await openPlace());
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...testEnv, PORT: `${port}`, ORIGIN: url, ...place.env, ...options.env };
  const app = await createApp(loadConfig(env), options.overrides);
  return {
    url,
    app,
    place,
    close: async () => {
      await app.close();
      if (!options.place) await place.close();
    },
  };
};
