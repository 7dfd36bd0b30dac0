import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import type { Notification } from '../../src/notifications/contract.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createLive, type Live } from '../../src/platform/live.ts';
import { openShared } from '../../src/platform/open-shared.ts';
import type { Shared } from '../../src/platform/shared.ts';
import type { Room } from '../../src/rooms/contract.ts';
import { beDevice, type Line, until } from '../client-rooms/device.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import { openPlace, type Place } from '../support/place.ts';

/** The client's modules, once the device is there that they look at when they are loaded. */
const loadClient = async () => ({
  ...(await import('../../client/src/net/socket.ts')),
  ...(await import('../../client/src/notifications/state.ts')),
  ...(await import('@preact/signals')),
});

/** Ana uses the client's own modules; another process tells her what it knows, late. */
describeOn(['sqlite', 'redis'], 'words of another process in the client', () => {
  let place: Place;
  let app: TestApp;
  let shared: Shared;
  let other: Live;
  let line: Line;
  let ana: TestPerson;
  let ben: TestPerson;
  let room: Room;
  let client: Awaited<ReturnType<typeof loadClient>>;
  let stopCounting = () => {};
  const counts: number[] = [];

  const mentions = () => client.notifications.value?.filter(({ kind }) => kind === 'mention') ?? [];
  const mention = async () => {
    const before = mentions()[0]?.rev ?? 0;
    const body = 'hello @ana';
    await ben.post(`/api/rooms/${room.id}/messages`, { clientId: newClientId(), body });
    await until(() => (mentions()[0]?.rev ?? 0) > before, 'the mention');
    return mentions()[0] as Notification;
  };
  const tell = (notification: Notification, unread: number) =>
    other.toUser(ana.me.id, 'notification', { notification, unread });
  /** Words of one process come in its order: with this count all before it are there. */
  const tellCount = (unread: number) =>
    other.toUser(ana.me.id, 'notification:read', { ids: [], unread });

  beforeAll(async () => {
    place = await openPlace({ redis: true });
    app = await startApp({ place, env: { RATE_SCALE: '1000' } });
    const config = loadConfig({ ...place.env, ORIGIN: app.url });
    shared = await openShared(config, systemClock, createLog('silent'));
    other = createLive(shared.bus);
    ana = await signUp(app.url, 'ana');
    ben = await signUp(app.url, 'ben');
    line = await beDevice(ana);
    client = await loadClient();
    client.openSocket();
    await until(() => client.connection.value === 'online', 'the connection');
    await client.loadNotifications();
    const group = { kind: 'group', title: 'Reading', members: ['ana'] };
    room = (await ben.post<Room>('/api/rooms', group)).body;
    // Its process listens to Redis for her from some moment on.
    await vi.waitFor(() => {
      tellCount(50);
      expect(client.unread.value).toBe(50);
    });
    stopCounting = client.effect(() => void counts.push(client.unread.value));
  });
  afterAll(async () => {
    stopCounting();
    await line?.close();
    await app?.close();
    other?.close();
    await shared?.close();
    await place?.close();
  });

  test('one that was overtaken changes neither its line nor the count', async () => {
    const older = await mention();
    const newer = await mention();
    tell(older, 60);
    tellCount(61);
    await until(() => client.unread.value === 61, 'what was told after it');
    expect(mentions()).toEqual([newer]);
    expect(counts).not.toContain(60);
  });

  test('one that is as new as the line corrects the count, without a pop-up', async () => {
    const newest = await mention();
    client.toasts.value = [];
    tell(newest, 70);
    await until(() => client.unread.value === 70, 'the count');
    expect(mentions()).toEqual([newest]);
    expect(client.toasts.value).toEqual([]);
  });

  test('a line that was read before its latest news is unread again when it is told again', async () => {
    const newest = await mention();
    other.toUser(ana.me.id, 'notification:read', { ids: [newest.id], unread: 80 });
    await until(() => mentions()[0]?.readAt !== null, 'the late word that it was read');
    tell(newest, 81);
    await until(() => client.unread.value === 81, 'the word after it');
    expect(mentions()).toEqual([newest]);
  });
});
