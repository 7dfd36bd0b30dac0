import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import type { Now } from '../../src/discovery/contract.ts';
import type { PersonWithReasons, Profile } from '../../src/people/contract.ts';
import type { Room } from '../../src/rooms/contract.ts';
import type { List } from '../../src/wire/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOnStores } from '../support/backends.ts';
import { newClientId, signUp, type TestPerson, testPassword } from '../support/client.ts';
import { send } from '../support/http.ts';
import { openPlace, type Place } from '../support/place.ts';
import type { TestSocket } from '../support/socket.ts';

describeOnStores('finding people', (store) => {
  let place: Place;
  let app: TestApp;
  let me: TestPerson;
  let ana: TestPerson;
  let ben: TestPerson;
  let cleo: TestPerson;
  let dan: TestPerson;
  const sockets: TestSocket[] = [];

  const live = async (person: TestPerson) => {
    const socket = await person.socket();
    sockets.push(socket);
    return socket;
  };
  const befriend = async (a: TestPerson, b: TestPerson) => {
    await a.post('/api/friend-requests', { to: b.username });
    await b.post('/api/friend-requests', { to: a.username });
  };
  const listOf = async (who: TestPerson, path: string) => {
    const { status, body } = await who.get<List<PersonWithReasons>>(path);
    expect(status).toBe(200);
    return new Map(body.items.map((item) => [item.person.username, item]));
  };
  const online = (who: TestPerson) => listOf(who, '/api/people/online');
  const suggestions = (who: TestPerson) => listOf(who, '/api/people/suggestions');
  const kinds = (item: PersonWithReasons | undefined) => item?.reasons.map(({ kind }) => kind);
  /** Presence becomes visible with the lease, a moment after `ready`. */
  const seenOnline = async (viewer: TestPerson, usernames: string[]) => {
    for (;;) {
      const here = await online(viewer);
      if (usernames.every((username) => here.has(username))) return here;
    }
  };

  beforeAll(async () => {
    place = await openPlace({ store });
    app = await startApp({ place });
    const names = ['me_here', 'ana', 'ben', 'cleo', 'dan'];
    const made = await Promise.all(names.map((name) => signUp(app.url, name)));
    [me, ana, ben, cleo, dan] = made as [
      TestPerson,
      TestPerson,
      TestPerson,
      TestPerson,
      TestPerson,
    ];
  });
  afterAll(async () => {
    for (const socket of sockets) socket.close();
    await app?.close();
    await place?.close();
  });

  describe('a profile', () => {
    test('says how we stand, how many articles and friends in common', async () => {
      await befriend(me, ana);
      await befriend(ana, cleo);
      await cleo.post('/api/articles', {
        title: 'One',
        body: 'Text',
        tags: ['django'],
        publish: true,
      });
      await cleo.post('/api/articles', { title: 'Two', body: 'A draft' });
      const { body } = await me.get<Profile>('/api/people/cleo');
      expect(body).toMatchObject({
        username: 'cleo',
        relation: 'none',
        requestId: null,
        blocked: false,
        articles: 1,
        mutualFriends: 1,
        presence: { status: 'offline' },
      });
      expect((await me.get<Profile>('/api/people/ana')).body.relation).toBe('friend');
      expect((await me.get<Profile>('/api/people/ME_HERE')).body.relation).toBe('self');
      const asked = await me.post<{ id: string }>('/api/friend-requests', { to: 'ben' });
      const [mine, theirs] = await Promise.all([
        me.get<Profile>('/api/people/ben'),
        ben.get<Profile>('/api/people/me_here'),
      ]);
      expect(mine.body).toMatchObject({ relation: 'requested', requestId: asked.body.id });
      expect(theirs.body).toMatchObject({ relation: 'requests_you', requestId: asked.body.id });
      await me.del(`/api/friend-requests/${asked.body.id}`);
    });

    test('can be read by everybody, without anything of a viewer', async () => {
      const { status, body } = await send<Profile>(app.url, 'GET', '/api/people/cleo');
      expect(status).toBe(200);
      expect(body).toMatchObject({ relation: 'none', blocked: false, mutualFriends: 0 });
      expect(body).not.toHaveProperty('email');
    });

    test('has a name that is no other address', async () => {
      for (const username of ['online', 'Suggestions']) {
        const body = { username, email: 'x@example.org', password: testPassword };
        expect((await send(app.url, 'POST', '/api/accounts', { body })).status).toBe(400);
      }
    });

    test('of somebody who blocked the reader is as absent as one that never was', async () => {
      await dan.put('/api/blocks/ben');
      const blocked = await ben.get('/api/people/dan');
      const absent = await ben.get('/api/people/nobody_here');
      expect([blocked.status, blocked.body]).toEqual([404, absent.body]);
      const { body } = await dan.get<Profile>('/api/people/ben');
      expect(body).toMatchObject({ blocked: true, relation: 'none' });
      await dan.del('/api/blocks/ben');
    });
  });

  describe('people online now', () => {
    test('are shown with true reasons, the strongest first', async () => {
      const article = (
        await ana.post<Article>('/api/articles', {
          title: 'Signals',
          body: 'Text',
          tags: ['django', 'python'],
          publish: true,
        })
      ).body;
      for (const who of [me, ben])
        await who.post(`/api/articles/${article.id}/responses`, {
          body: 'Good',
          clientId: newClientId(),
        });
      await me.put('/api/tags/django/follow');
      await ben.put('/api/tags/django/follow');
      const [mine, , cleos] = await Promise.all([live(me), live(ben), live(cleo)]);
      await mine.ask('article:join', { articleId: article.id });
      await cleos.ask('article:join', { articleId: article.id });
      const here = await seenOnline(me, ['ben', 'cleo']);
      expect([...here.keys()]).toEqual(['cleo', 'ben']);
      expect(kinds(here.get('cleo'))).toEqual(['reading', 'mutual_friends', 'tags']);
      expect(here.get('cleo')).toMatchObject({
        relation: 'none',
        status: 'online',
        reasons: [
          { text: 'Reads “Signals” right now, like you', url: `/a/${article.slug}` },
          { text: 'Friends with ana' },
          { text: 'Cares about #django, like you' },
        ],
      });
      await expect
        .poll(async () => kinds((await online(me)).get('ben')))
        .toEqual(['talked', 'tags']);
    });

    test('a room we share is a reason, and who only writes is shown for that', async () => {
      const room = await ben.post<Room>('/api/rooms', {
        kind: 'group',
        title: 'Evenings',
        members: ['me_here'],
      });
      await dan.post('/api/articles', {
        title: 'Bread',
        body: 'Text',
        tags: ['baking'],
        publish: true,
      });
      await live(dan);
      const here = await seenOnline(me, ['dan']);
      expect(here.get('ben')?.reasons).toContainEqual({
        kind: 'room',
        text: 'Is in “Evenings” too',
        url: `/chat/${room.body.id}`,
      });
      expect([...here.keys()].at(-1)).toBe('dan');
      expect(here.get('dan')?.reasons).toEqual([{ kind: 'writes', text: 'Writes about #baking' }]);
    });

    test('leave out who does not want to be found or seen, and blocks on either side', async () => {
      const without = async (change: () => Promise<unknown>, back: () => Promise<unknown>) => {
        await change();
        expect([...(await online(me)).keys()]).not.toContain('dan');
        await back();
        await seenOnline(me, ['dan']);
      };
      const set = (settings: object) => () => dan.patch('/api/me', { settings });
      await without(set({ discoverable: false }), set({ discoverable: true }));
      await without(set({ presence: 'nobody' }), set({ presence: 'everyone' }));
      await without(set({ presence: 'friends' }), set({ presence: 'everyone' }));
      await without(set({ status: 'invisible' }), set({ status: 'auto' }));
      for (const [by, of] of [
        [me, dan],
        [dan, me],
      ] as const)
        await without(
          () => by.put(`/api/blocks/${of.username}`),
          () => by.del(`/api/blocks/${of.username}`),
        );
      expect([...(await online(me)).keys()]).not.toContain('me_here');
    });

    test('stand on the front page, for visitors too, beside what everybody may read', async () => {
      const talk = async (who?: TestPerson) =>
        (who ? await who.get<Now>('/api/now') : await send<Now>(app.url, 'GET', '/api/now')).body;
      const names = ({ online: here }: Now) => here.map(({ person }) => person.username);
      expect(names(await talk(me)).length).toBeGreaterThan(0);
      expect(names(await talk(me))).not.toContain('me_here');
      const stranger = await talk();
      expect(stranger.online.flatMap(({ reasons }) => reasons)).toEqual([]);
      expect(stranger.online.every(({ status }) => status !== 'offline')).toBe(true);
      expect(stranger.talk.map(({ kind }) => kind)).toContain('article');
      expect(JSON.stringify(stranger)).not.toContain('Evenings');
    });

    test('are for people who are signed in', async () => {
      for (const path of ['/api/people/online', '/api/people/suggestions'])
        expect((await send(app.url, 'GET', path)).status).toBe(401);
    });
  });

  describe('suggestions', () => {
    test('are people not known yet, by what we have in common', async () => {
      const found = await suggestions(me);
      expect([...found.keys()].sort()).toEqual(['ben', 'cleo', 'dan']);
      expect(kinds(found.get('cleo'))).toContain('mutual_friends');
      expect(found.has('ana')).toBe(false);
    });

    test('end with a request, a refusal, a block, or the wish not to be found', async () => {
      await me.post('/api/friend-requests', { to: 'cleo' });
      expect((await suggestions(me)).has('cleo')).toBe(false);
      expect((await suggestions(cleo)).has('me_here')).toBe(false);
      const request = await ben.post<{ id: string }>('/api/friend-requests', { to: 'me_here' });
      await me.del(`/api/friend-requests/${request.body.id}`);
      expect((await suggestions(me)).has('ben')).toBe(false);
      await dan.patch('/api/me', { settings: { discoverable: false } });
      expect((await suggestions(me)).has('dan')).toBe(false);
      await dan.patch('/api/me', { settings: { discoverable: true } });
      await dan.put('/api/blocks/me_here');
      expect((await suggestions(me)).size).toBe(0);
    });
  });
});
