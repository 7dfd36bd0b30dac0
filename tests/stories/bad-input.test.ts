import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ErrorCode, Problem } from '../../src/wire/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOnStores } from '../support/backends.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import {
  filled,
  type OpenApi,
  plausiblePath,
  type Route,
  routesOf,
} from '../support/documented.ts';
import { dumpOf } from '../support/dump.ts';
import { type Answer, send } from '../support/http.ts';
import { openPlace, type Place } from '../support/place.ts';
import { type Schema, sampleOf, spoiled } from '../support/spoil.ts';

type SocketEvents = { asks: Record<string, { payload: Schema }> };

const badPathValues = [
  '%00',
  '%',
  "a'b",
  '%2e%2e%2fetc',
  '%F0%9F%91%8D',
  'a'.repeat(300),
  '{"$gt":""}',
];
const badQueryValues = [
  '',
  '-1',
  '1.5',
  'x y',
  '101',
  '9'.repeat(20),
  'a'.repeat(300),
  '%00',
  '[$ne]=1',
];
const badBodies: { type: string; text: string; isJson?: true }[] = [
  { type: 'application/json', text: '{' },
  { type: 'application/json', text: '{"__proto__":{"admin":true}}' },
  { type: 'application/json', text: `${'['.repeat(20_000)}${']'.repeat(20_000)}`, isJson: true },
  { type: 'application/json', text: '\ufeff{}x' },
  { type: 'text/plain', text: 'hello' },
  { type: 'application/x-www-form-urlencoded', text: 'title=x&body=y' },
  { type: 'multipart/form-data; boundary=x', text: '--x--' },
  { type: 'application/json', text: `{"body":"${'a'.repeat(2_000_000)}"}` },
];
/** Engine.IO and Socket.IO packets that no client library would send. */
const badFrames: (string | Buffer)[] = [
  '',
  '9',
  '4',
  '42',
  '42[',
  '42{}',
  '42[]',
  '42[null]',
  '42["message:send"',
  '42["__proto__",{}]',
  '42["constructor",{}]',
  '420["connect",{}]',
  '42["disconnect",{}]',
  '42["error",{}]',
  '43[]',
  '43999[{}]',
  '451-["message:send",{"_placeholder":true,"num":0}]',
  '4599999-["x"]',
  '40/admin,',
  '40',
  Buffer.from([0, 255, 1, 2, 3]),
  `42["message:send",${JSON.stringify({ body: 'a'.repeat(70_000) })}]`,
];

const refused = (answer: Answer, what: string) => {
  expect(answer.status, `${what} -> ${answer.status} ${answer.text.slice(0, 300)}`).toSatisfy(
    (status: number) => status >= 400 && status < 500,
  );
  expect(answer.headers.get('content-type'), what).toContain('application/problem+json');
  const problem = Problem.parse(answer.body);
  expect(problem.status, what).toBe(answer.status);
};

/** For people without a session: logging in, a link from a mail, seeing how Markdown will look. */
const openToAll = /^\/api\/(sessions|preview|me\/email-verification|passwords?\b.*)$/;

const short = (value: unknown) => JSON.stringify(value)?.slice(0, 120);

describeOnStores('bad input', (store) => {
  let place: Place;
  let app: TestApp;
  let ana: TestPerson;
  let routes: Route[];
  let events: SocketEvents;
  let before: Record<string, string[]>;
  let roomId: string;

  beforeAll(async () => {
    place = await openPlace({ store });
    app = await startApp({ place, env: { LOG_LEVEL: 'silent' } });
    ana = await signUp(app.url, 'ana');
    const made = await ana.post<{ roomId: string }>('/api/articles', {
      title: 'Here',
      body: 'Text',
      publish: true,
    });
    roomId = made.body.roomId;
    routes = routesOf((await ana.get<OpenApi>('/api/openapi.json')).body);
    events = (await ana.get<SocketEvents>('/api/socket-events.json')).body;
    before = await dumpOf(place);
  });
  afterAll(async () => {
    await app?.close();
    await place?.close();
  });

  const call = (route: Route, path: string, body?: unknown, cookie = ana.cookie) =>
    send(app.url, route.method, path, { cookie, body });

  test('the documents name the routes and events', () => {
    expect(routes.length).toBeGreaterThan(50);
    expect(Object.keys(events.asks).length).toBeGreaterThan(15);
    expect(Object.values(before).flat().length).toBeGreaterThan(3);
  });

  test('every body that a schema refuses is refused with a problem', async () => {
    let sent = 0;
    for (const route of routes) {
      if (!route.body) continue;
      for (const body of spoiled(route.body)) {
        const answer = await call(route, plausiblePath(route), body);
        refused(answer, `${route.method} ${route.path} ${short(body)}`);
        sent++;
      }
    }
    expect(sent).toBeGreaterThan(300);
  }, 120_000);

  test('what is no JSON, or too much of it, is refused', async () => {
    for (const route of routes.filter(({ method }) => method !== 'GET')) {
      for (const { type, text, isJson } of badBodies) {
        if (isJson && !route.body) continue;
        const headers = {
          cookie: ana.cookie,
          'content-type': type,
          'sec-fetch-site': 'same-origin',
        };
        const url = app.url + plausiblePath(route);
        const response = await fetch(url, { method: route.method, headers, body: text });
        const answer = await response.text();
        const what = `${route.method} ${route.path} ${type} ${text.slice(0, 40)} -> ${answer.slice(0, 200)}`;
        expect(response.status, what).toBeGreaterThanOrEqual(400);
        expect(response.status, what).toBeLessThan(500);
      }
    }
  }, 120_000);

  test('paths and queries that fit no schema are refused, and read nothing', async () => {
    for (const route of routes) {
      const sample = route.body && sampleOf(route.body);
      if (route.params.length > 0) {
        for (const value of badPathValues) {
          const answer = await call(
            route,
            filled(route, () => value),
            sample,
          );
          refused(answer, `${route.method} ${route.path} with ${value.slice(0, 40)}`);
        }
      }
      for (const { name } of route.query) {
        for (const value of badQueryValues) {
          const path = `${plausiblePath(route)}?${name}=${value}`;
          const { status, text } = await call(route, path, sample);
          expect(
            status,
            `${route.method} ${path.slice(0, 200)} -> ${text.slice(0, 300)}`,
          ).toBeLessThan(500);
        }
      }
      if (route.query.length > 0) {
        refused(await call(route, `${plausiblePath(route)}?surprise=1`, sample), route.path);
        const [first] = route.query;
        const twice = `${plausiblePath(route)}?${first?.name}=1&${first?.name}=2`;
        refused(await call(route, twice, sample), twice);
      }
    }
  }, 120_000);

  test('without a session, or from a foreign page, nothing is changed', async () => {
    for (const route of routes.filter(({ method }) => method !== 'GET')) {
      const body = route.body && sampleOf(route.body);
      const path = plausiblePath(route);
      const foreign = await send(app.url, route.method, path, {
        body,
        cookie: ana.cookie,
        headers: { 'sec-fetch-site': 'cross-site' },
      });
      expect([foreign.status, foreign.text.slice(0, 200)], path).toMatchObject([
        403,
        expect.anything(),
      ]);
      if (`${route.method} ${route.path}` === 'POST /api/accounts') continue;
      const unknown = await call(route, path, body, 'sid=nobody');
      const what = `${route.method} ${path} ${unknown.text}`;
      if (openToAll.test(route.path)) expect(unknown.status, what).toBeLessThan(500);
      else expect(unknown.status, what).toBe(401);
    }
  }, 120_000);

  test('every payload that an event refuses is acked once with a refusal', async () => {
    let socket = await ana.socket();
    let sent = 0;
    for (const [event, { payload }] of Object.entries(events.asks)) {
      const lists = [[], ...spoiled(payload).map((each) => [each])];
      for (const list of [...lists, [sampleOf(payload), 'and more', null]]) {
        // So many refusals are a flood, and a flood ends the connection.
        if (++sent % 150 === 0) {
          socket.close();
          socket = await ana.socket();
        }
        const ack = await socket.askRaw(event, ...list);
        const what = `${event} ${short(list)} -> ${short(ack)}`;
        if (ack.ok) {
          expect(list, what).toHaveLength(3);
        } else {
          expect(ErrorCode.options, what).toContain(ack.error.code);
          expect(ack.error.code, what).not.toBe('internal');
        }
      }
    }
    for (const event of ['no:such', '__proto__', 'constructor', 'hasOwnProperty', 'toString']) {
      expect(await socket.askRaw(event, {})).toMatchObject({
        ok: false,
        error: { code: 'bad_request' },
      });
    }
    socket.close();
    expect(sent).toBeGreaterThan(300);
  }, 120_000);

  test('frames that no client sends end at most their own connection', async () => {
    const address = `${app.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    for (const frame of badFrames) {
      const ws = new WebSocket(address, { headers: { cookie: ana.cookie, origin: app.url } });
      ws.on('error', () => {});
      await once(ws, 'open');
      ws.send('40');
      await once(ws, 'message');
      ws.send(frame);
      ws.send('421["room:leave",{"roomId":"aaaaaaaaaaaaaaaaaaaa"}]');
      const answered = new Promise<void>((resolve) => {
        ws.on('message', (data) => (data as Buffer).toString().startsWith('431') && resolve());
        ws.once('close', () => resolve());
      });
      await answered;
      ws.terminate();
    }
    const foreign = new WebSocket(address, {
      headers: { cookie: ana.cookie, origin: 'http://evil.example' },
    });
    const [error] = (await once(foreign, 'error')) as [Error];
    expect(error.message).toContain('40');
  }, 60_000);

  test('nothing was stored, and the site still works', async () => {
    expect(await dumpOf(place)).toEqual(before);
    expect((await ana.get('/health')).status).toBe(200);
    const socket = await ana.socket();
    const body = { roomId, clientId: newClientId(), body: 'Still here' };
    expect((await socket.ask('message:send', body)).message.seq).toBe(1);
    socket.close();
  });
});
