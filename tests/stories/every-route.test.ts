import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOnStores } from '../support/backends.ts';
import { send } from '../support/http.ts';
import { openPlace, type Place } from '../support/place.ts';
import { type Call, wholeDay } from '../support/whole-day.ts';

type OpenApi = { paths: Record<string, Record<string, unknown>> };

/** Done before anything is written down, or with a token from a mail or the log: tested with accounts. */
const elsewhere =
  /^POST \/api\/(accounts|sessions|me\/administration|me\/email-verification|password-resets\/\{token\})$/;

/** Is this call one of this route? A literal segment wins over a parameter. */
const matcher = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);

describeOnStores('a whole day', (store) => {
  let place: Place;
  let app: TestApp;
  let calls: Call[];

  beforeAll(async () => {
    place = await openPlace({ store });
    app = await startApp({ place });
    calls = await wholeDay(app.url);
  });
  afterAll(async () => {
    await app?.close();
    await place?.close();
  });

  test('every call of it is answered well', () => {
    const refused = calls.filter(({ status }) => status >= 300);
    expect(refused).toEqual([]);
  });

  test('it used every route that the site has', async () => {
    const { body } = await send<OpenApi>(app.url, 'GET', '/api/openapi.json');
    const unused = Object.entries(body.paths).flatMap(([path, operations]) =>
      Object.keys(operations)
        .map((method) => method.toUpperCase())
        .filter(
          (method) =>
            !calls.some(
              (call) => call.method === method && matcher(path).test(call.path.split('?')[0] ?? ''),
            ),
        )
        .map((method) => `${method} ${path}`),
    );
    expect(unused.filter((route) => !elsewhere.test(route))).toEqual([]);
  });
});
