import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asks, tells } from '../../src/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { send } from '../support/http.ts';

type Operation = {
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
};
type OpenApi = { openapi: string; paths: Record<string, Record<string, Operation>> };

/** Every route of the public contract, version 1. */
const promised = `
  POST /api/accounts
  POST /api/sessions
  GET /api/sessions
  DELETE /api/sessions
  DELETE /api/sessions/current
  DELETE /api/sessions/{id}
  POST /api/tokens
  GET /api/tokens
  DELETE /api/tokens/{id}
  GET /api/me
  PATCH /api/me
  GET /api/articles
  POST /api/articles
  GET /api/articles/{idOrSlug}
  PATCH /api/articles/{idOrSlug}
  DELETE /api/articles/{idOrSlug}
  PUT /api/articles/{id}/publication
  DELETE /api/articles/{id}/publication
  GET /api/articles/{id}/revisions
  GET /api/articles/{id}/revisions/{version}
  GET /api/articles/{id}/responses
  POST /api/articles/{id}/responses
  GET /api/courses
  POST /api/courses
  GET /api/courses/{idOrSlug}
  PATCH /api/courses/{idOrSlug}
  DELETE /api/courses/{idOrSlug}
  PUT /api/courses/{id}/articles
  POST /api/preview
  GET /api/tags
  PUT /api/tags/{tag}/follow
  DELETE /api/tags/{tag}/follow
  GET /api/people/{username}
  GET /api/people/online
  GET /api/people/suggestions
  GET /api/friends
  DELETE /api/friends/{username}
  GET /api/friend-requests
  POST /api/friend-requests
  POST /api/friend-requests/{id}/acceptance
  DELETE /api/friend-requests/{id}
  GET /api/blocks
  PUT /api/blocks/{username}
  DELETE /api/blocks/{username}
  GET /api/rooms
  GET /api/rooms/public
  GET /api/rooms/{id}
  POST /api/rooms
  PUT /api/rooms/direct/{username}
  PUT /api/rooms/{id}/members/{username}
  DELETE /api/rooms/{id}/members/{username}
  GET /api/rooms/{id}/events
  GET /api/rooms/{id}/messages
  POST /api/rooms/{id}/messages
  GET /api/notifications
  PUT /api/notifications/read
`
  .trim()
  .split('\n')
  .map((line) => line.trim());

/** The names of path parameters are nobody's business. */
const shape = (route: string) => route.replace(/\{\w+\}/g, '{}');

describeOn(['sqlite'], 'the contract documents', () => {
  let app: TestApp;
  let document: OpenApi;
  beforeAll(async () => {
    app = await startApp();
    document = (await send<OpenApi>(app.url, 'GET', '/api/openapi.json')).body;
  });
  afterAll(() => app?.close());

  test('openapi names every route of the contract', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const named = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => shape(`${method.toUpperCase()} ${path}`)),
    );
    expect(promised.filter((route) => !named.includes(shape(route)))).toEqual([]);
  });

  test('every route that takes or gives JSON says its schema', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, { responses, requestBody }] of Object.entries(operations)) {
        const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
        expect(good.length, `${method} ${path} has no good answer`).toBeGreaterThan(0);
        for (const [status, { content }] of good) {
          const schema = content?.['application/json']?.schema;
          if (status !== '204') expect(schema, `${method} ${path} ${status}`).toBeDefined();
        }
        if (requestBody)
          expect(requestBody.content['application/json']?.schema, path).toBeDefined();
      }
    }
  });

  test('every ask and every tell has its schemas in the socket document', async () => {
    type Events = { asks: Record<string, object>; tells: Record<string, object> };
    const { body } = await send<Events>(app.url, 'GET', '/api/socket-events.json');
    expect(Object.keys(body.asks).sort()).toEqual(Object.keys(asks).sort());
    expect(Object.keys(body.tells).sort()).toEqual(Object.keys(tells).sort());
    for (const ask of Object.values(body.asks)) {
      expect(ask).toMatchObject({ payload: { type: 'object' }, data: { type: 'object' } });
    }
    for (const tell of Object.values(body.tells))
      expect(tell).toHaveProperty('payload.type', 'object');
  });

  test('health, readiness and metrics answer, and name this version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const health = await send(app.url, 'GET', '/health');
    expect(health.body).toMatchObject({ status: 'ok', version });
    expect((await send(app.url, 'GET', '/ready')).status).toBe(200);
    const metrics = await send(app.url, 'GET', '/metrics');
    expect(metrics.text).toContain('# TYPE ');
  });
});
