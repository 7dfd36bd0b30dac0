import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NotificationsPage } from '../../src/notifications/contract.ts';
import type { Room } from '../../src/rooms/contract.ts';
import { beDevice, type Line, until } from '../client-rooms/device.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';

/** The client's modules, once the device is there that they look at when they are loaded. */
const loadClient = async () => ({
  ...(await import('../../client/src/net/socket.ts')),
  ...(await import('../../client/src/notifications/state.ts')),
});

/** Ana uses the client's own modules; the others speak to the server directly. */
describeOn(['sqlite'], 'notifications in the client', () => {
  let app: TestApp;
  let line: Line;
  let ana: TestPerson;
  let ben: TestPerson;
  let room: Room;
  let client: Awaited<ReturnType<typeof loadClient>>;
  let lookedAt = '';

  const call = (body: string) =>
    ben.post(`/api/rooms/${room.id}/messages`, { clientId: newClientId(), body });
  const kinds = () => client.notifications.value?.map(({ kind }) => kind) ?? [];

  beforeAll(async () => {
    app = await startApp({ env: { RATE_SCALE: '1000' } });
    ana = await signUp(app.url, 'ana');
    ben = await signUp(app.url, 'ben');
    line = await beDevice(ana);
    client = await loadClient();
    client.tellWhatIsLookedAt((url) => url.split('?')[0] === lookedAt);
    client.openSocket();
    await until(() => client.connection.value === 'online', 'the connection');
    await client.loadNotifications();
  });
  afterAll(async () => {
    await line?.close();
    await app?.close();
  });

  test('a new one is counted, listed and waits for its pop-up', async () => {
    const group = { kind: 'group', title: 'Reading', members: ['ana'] };
    room = (await ben.post<Room>('/api/rooms', group)).body;
    await until(() => kinds().length === 1, 'the invitation');
    expect(client.unread.value).toBe(1);
    expect(kinds()).toEqual(['room_invite']);
    expect(client.toasts.value).toHaveLength(1);
  });

  test('what is looked at is read at once, without a pop-up', async () => {
    client.toasts.value = [];
    lookedAt = `/chat/${room.id}`;
    await call('hello @ana');
    await until(() => kinds().includes('mention'), 'the mention');
    await until(() => client.unread.value === 1, 'the mention read, the invitation not');
    expect(client.toasts.value).toEqual([]);
    client.markLookedAt();
    await until(() => client.unread.value === 0, 'the invitation read too');
    expect(client.notifications.value?.every(({ readAt }) => readAt !== null)).toBe(true);
    lookedAt = '';
  });

  test('read on another device, it is read here, and its pop-up goes', async () => {
    await ben.post('/api/friend-requests', { to: 'ana' });
    await until(() => client.toasts.value.length === 1, 'the pop-up');
    const { body } = await ana.get<NotificationsPage>('/api/notifications');
    await ana.put('/api/notifications/read', { upTo: body.items[0]?.id });
    await until(() => client.toasts.value.length === 0, 'the pop-up gone');
    expect(client.unread.value).toBe(0);
    expect(client.notifications.value?.[0]?.readAt).not.toBeNull();
  });

  test('all are marked read here and on the server', async () => {
    await call('@ana, once more');
    await until(() => client.unread.value === 1, 'the mention');
    await client.markAllRead();
    expect(client.unread.value).toBe(0);
    const { body } = await ana.get<NotificationsPage>('/api/notifications');
    expect(body.unread).toBe(0);
  });

  test('what came while the line was cut is there after it', async () => {
    line.cut();
    await until(() => client.connection.value !== 'online', 'the loss');
    await call('@ana, are you gone?');
    line.mend();
    await until(() => client.unread.value === 1, 'the count');
    await until(() => client.notifications.value?.[0]?.readAt === null, 'the line in the list');
  });
});
