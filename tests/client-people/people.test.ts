import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FriendRequest } from '../../src/people/contract.ts';
import { beDevice, type Line, until } from '../client-rooms/device.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { signUp, type TestPerson } from '../support/client.ts';
import type { TestSocket } from '../support/socket.ts';

/** The client's modules, once the device is there that they look at when they are loaded. */
const loadClient = async () => ({
  ...(await import('../../client/src/net/socket.ts')),
  ...(await import('../../client/src/people/state.ts')),
  ...(await import('../../client/src/presence/state.ts')),
});

/** Ana uses the client's own modules; the others speak to the server directly. */
describeOn(['sqlite'], 'people in the client', () => {
  let app: TestApp;
  let line: Line;
  let ben: TestPerson;
  let cleo: TestPerson;
  let bensSocket: TestSocket;
  let client: Awaited<ReturnType<typeof loadClient>>;

  const relation = (person: TestPerson) => client.relationTo(person.me.id)?.relation;
  const ask = (from: TestPerson, to: string) =>
    from.post<FriendRequest>('/api/friend-requests', { to });

  beforeAll(async () => {
    app = await startApp({ env: { RATE_SCALE: '1000' } });
    const ana = await signUp(app.url, 'ana');
    ben = await signUp(app.url, 'ben');
    cleo = await signUp(app.url, 'cleo');
    bensSocket = await ben.socket();
    line = await beDevice(ana);
    client = await loadClient();
    client.openSocket();
    await until(() => client.connection.value === 'online', 'the connection');
    await client.loadRelations();
  });
  afterAll(async () => {
    bensSocket?.close();
    await line?.close();
    await app?.close();
  });

  test('a request arrives live and is accepted', async () => {
    expect(relation(ben)).toBe('none');
    await ask(ben, 'ana');
    await until(() => relation(ben) === 'requests_you', 'the request');
    expect(client.incomingCount.value).toBe(1);
    const [request] = client.requests.value.incoming;
    if (!request) throw new Error('no request');
    await client.acceptRequest(request);
    expect(relation(ben)).toBe('friend');
    expect(client.incomingCount.value).toBe(0);
    await bensSocket.next('friend:accepted');
  });

  test('my request is shown as asked, and can be withdrawn', async () => {
    await client.requestFriend(cleo.me);
    expect(relation(cleo)).toBe('requested');
    const [request] = client.requests.value.outgoing;
    await client.dropRequest(request?.id ?? '');
    expect(relation(cleo)).toBe('none');
    const { body } = await cleo.get<{ incoming: unknown[] }>('/api/friend-requests');
    expect(body.incoming).toEqual([]);
  });

  test('two requests that cross are one friendship', async () => {
    await ask(cleo, 'ana');
    await until(() => relation(cleo) === 'requests_you', 'the request');
    await client.requestFriend(cleo.me);
    expect(relation(cleo)).toBe('friend');
    expect(client.friends.value?.map(({ username }) => username)).toEqual(['ben', 'cleo']);
  });

  test('the presence of somebody on the screen is known and followed', async () => {
    const stop = client.watchPresence(ben.me.id);
    await until(() => client.presenceOf(ben.me.id)?.status === 'online', 'online');
    await bensSocket.ask('presence:set', { status: 'busy' });
    await until(() => client.presenceOf(ben.me.id)?.status === 'busy', 'busy');
    stop();
  });

  test('my status is what I chose; idleness moves only "online"', async () => {
    client.setIdle(true);
    expect(client.ownStatus.value).toBe('away');
    client.setIdle(false);
    expect(client.ownStatus.value).toBe('online');
    await client.setOwnStatus('invisible');
    client.setIdle(true);
    expect(client.ownStatus.value).toBe('invisible');
  });

  test('somebody who ends the friendship is a friend no more', async () => {
    await cleo.del('/api/friends/ana');
    await until(() => relation(cleo) === 'none', 'the end');
  });

  test('a block ends the friendship and stands in the list until it is taken back', async () => {
    await client.loadBlocks();
    await client.block(ben.me);
    expect(relation(ben)).toBe('none');
    expect(client.isBlocked(ben.me.id)).toBe(true);
    await client.loadBlocks();
    expect(client.blocked.value?.map(({ username }) => username)).toEqual(['ben']);
    await client.unblock(ben.me);
    expect(client.isBlocked(ben.me.id)).toBe(false);
  });

  test('what happened while the line was cut is there after it', async () => {
    line.cut();
    await until(() => client.connection.value !== 'online', 'the loss');
    await ask(cleo, 'ana');
    line.mend();
    await until(() => relation(cleo) === 'requests_you', 'the request');
  });
});
