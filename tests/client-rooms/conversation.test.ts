import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Conversation } from '../../client/src/rooms/conversation.ts';
import { RESYNC_MAX, type Room } from '../../src/rooms/contract.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import type { TestSocket } from '../support/socket.ts';
import { beDevice, type Line, until } from './device.ts';

/** The client's modules, once the device is there that they look at when they are loaded. */
const loadClient = async () => ({
  ...(await import('../../client/src/net/outbox.ts')),
  ...(await import('../../client/src/net/socket.ts')),
  ...(await import('../../client/src/rooms/acts.ts')),
  ...(await import('../../client/src/rooms/conversation.ts')),
  ...(await import('../../client/src/rooms/say.ts')),
  ...(await import('../../client/src/rooms/state.ts')),
  ...(await import('../../client/src/rooms/typing.ts')),
  ...(await import('../../client/src/undo/state.ts')),
});

/** Ana uses the client's own modules; Ben speaks to the server directly. */
describeOn(['sqlite'], 'a conversation in the client', () => {
  let app: TestApp;
  let line: Line;
  let ben: TestPerson;
  let bensSocket: TestSocket;
  let room: Room;
  let open: Conversation;
  let client: Awaited<ReturnType<typeof loadClient>>;

  const bodies = () => (open.log.value?.messages ?? []).map(({ body }) => body);
  const benSays = async (body: string) => {
    const sent = { roomId: room.id, clientId: newClientId(), body };
    return (await bensSocket.ask('message:send', sent)).message;
  };
  const row = () => client.roomOf(room.id);

  beforeAll(async () => {
    app = await startApp({ env: { RATE_SCALE: '1000' } });
    const ana = await signUp(app.url, 'ana');
    ben = await signUp(app.url, 'ben');
    room = (await ben.put<Room>('/api/rooms/direct/ana')).body;
    bensSocket = await ben.socket();
    await benSays('hello');
    await bensSocket.ask('room:join', { roomId: room.id });
    line = await beDevice(ana);
    client = await loadClient();
    client.startOutbox();
    client.openSocket();
    await client.loadRooms();
  });
  afterAll(async () => {
    open?.close();
    bensSocket?.close();
    await line?.close();
    await app?.close();
  });

  test('the list knows the room by the other, with what is unread', () => {
    expect(row()?.unread).toBe(1);
    expect(client.unreadRooms.value).toBe(1);
    const mine = row();
    expect(mine && client.titleOf(mine)).toBe('ben');
  });

  test('counts what arrives while the room is not open', async () => {
    await benSays('are you there?');
    await until(() => row()?.unread === 2, 'two unread messages');
    expect(row()?.lastMessage?.body).toBe('are you there?');
  });

  test('opens with its messages, and marks where the unread ones begin', async () => {
    open = client.openConversation(room.id);
    await until(() => bodies().length === 2, 'the first page');
    expect(bodies()).toEqual(['hello', 'are you there?']);
    expect(open.readLine.value).toBe(0);
    expect(open.members.value.map(({ username }) => username).sort()).toEqual(['ana', 'ben']);
  });

  test('reads only what is before the eyes, and lets the other know', async () => {
    expect(row()?.unread).toBe(2);
    open.attend(true);
    const { n } = await bensSocket.next('room:read', ({ userId }) => userId !== ben.me.id);
    expect(n).toBe(2);
    await until(() => row()?.unread === 0, 'nothing unread');
    open.attend(false);
  });

  test('draws a new line at what came while nobody looked', async () => {
    await benSays('something new');
    await until(() => bodies().includes('something new'), 'the message');
    expect(open.readLine.value).toBe(2);
    expect(row()?.unread).toBe(1);
    open.attend(true);
    await until(() => row()?.unread === 0, 'nothing unread');
  });

  test('shows my message at once, then as stored, and never twice', async () => {
    client.say(open, 'from me', null);
    const [waiting] = client.waitingIn(room.id);
    expect(waiting?.delivery).toBe('sending');
    expect(open.readLine.value).toBeNull();
    await until(() => bodies().includes('from me'), 'the message in the log');
    await until(() => client.waitingIn(room.id).length === 0, 'nothing waiting');
    expect(bodies().filter((body) => body === 'from me')).toHaveLength(1);
  });

  test('knows how far the other has read, live and on opening', async () => {
    const last = open.log.value?.messages.at(-1)?.n ?? 0;
    await bensSocket.ask('room:read', { roomId: room.id, n: last });
    await until(() => open.reads.value.get(ben.me.id) === last, 'seen');
    const again = client.openConversation(room.id);
    await until(() => again.reads.value.get(ben.me.id) === last, 'seen on opening');
    again.close();
    // Two views of one room share its seat; join once more for the one that stays.
    open.close();
    open = client.openConversation(room.id);
    await until(() => open.log.value?.messages.at(-1)?.n === last, 'the room again');
  });

  test('shows a reaction at once and takes it back when it is refused', async () => {
    const message = open.log.value?.messages.find(({ body }) => body === 'hello');
    if (!message) throw new Error('the message is gone');
    const reacting = client.react(message, '👍', true);
    expect(client.withMyReactions(message).reactions['👍']).toHaveLength(1);
    await reacting;
    await until(
      () => (open.log.value?.messages[0]?.reactions['👍'] ?? []).length === 1,
      'the reaction in the log',
    );
    const refused = client.react(message, 'not an emoji', true);
    expect(client.withMyReactions(message).reactions['not an emoji']).toHaveLength(1);
    await expect(refused).rejects.toThrow();
    expect(client.withMyReactions(message).reactions['not an emoji']).toBeUndefined();
  });

  test('an undone deletion never happened; a second thought that is not had does', async () => {
    const mine = client.myLastMessage(open);
    if (!mine) throw new Error('no message of mine');
    client.deleteSoon(mine);
    expect(client.myLastMessage(open)?.id).not.toBe(mine.id);
    client.undo(mine.id);
    expect(client.myLastMessage(open)?.id).toBe(mine.id);
    client.deleteSoon(mine);
    void client.flush();
    const isDeleted = () => open.log.value?.messages.some((m) => m.id === mine.id && m.deleted);
    await until(() => isDeleted() === true, 'the deletion');
  });

  test('says who types, until their message is there', async () => {
    await bensSocket.ask('typing:start', { roomId: room.id });
    await until(() => client.typingIn(room.id).includes(ben.me.id), 'typing');
    await benSays('this is what I typed');
    await until(() => client.typingIn(room.id).length === 0, 'typing no more');
  });

  test('after a lost connection everything is there, mine and theirs, each once', async () => {
    line.cut();
    await until(() => client.connection.value !== 'online', 'the loss');
    for (let i = 0; i < 5; i += 1) await benSays(`meanwhile ${i}`);
    client.say(open, 'written offline', null);
    line.mend();
    await until(
      () => bodies().includes('written offline') && bodies().includes('meanwhile 4'),
      'both sides',
    );
    expect(bodies().filter((body) => body.startsWith('meanwhile'))).toEqual(
      [0, 1, 2, 3, 4].map((i) => `meanwhile ${i}`),
    );
    expect(bodies().filter((body) => body === 'written offline')).toHaveLength(1);
    const order = (open.log.value?.messages ?? []).map(({ n }) => n);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test('too far behind, it begins anew with the newest page, and knows where it left off', async () => {
    const before = open.log.value?.messages.at(-1)?.n ?? 0;
    open.attend(false);
    line.cut();
    await until(() => client.connection.value !== 'online', 'the loss');
    const bodiesToCome = Array.from({ length: RESYNC_MAX + 10 }, (_, i) => `flood ${i}`);
    for (let at = 0; at < bodiesToCome.length; at += 10)
      await Promise.all(bodiesToCome.slice(at, at + 10).map(benSays));
    line.mend();
    await until(() => bodies().at(-1) === bodiesToCome.at(-1), 'the newest page');
    expect(open.log.value?.messages[0]?.n).toBeGreaterThan(before + 1);
    expect(row()?.unread).toBe(bodiesToCome.length);
    while ((open.log.value?.messages[0]?.n ?? 0) > before + 1) await open.loadOlder();
    expect(bodies().filter((body) => body.startsWith('flood'))).toEqual(bodiesToCome);
    open.attend(true);
    await until(() => row()?.unread === 0, 'nothing unread');
  });

  test('loads the past a page at a time, down to the beginning', async () => {
    for (let i = 0; i < 60; i += 1) await benSays(`long ago ${i}`);
    open.close();
    const other = await ben.post<Room>('/api/rooms', { kind: 'group', title: 'Long' });
    room = other.body;
    for (let i = 1; i <= 120; i += 1) await benSays(`line ${i}`);
    await ben.put(`/api/rooms/${room.id}/members/ana`);
    await until(() => row() !== undefined, 'the invitation');
    open = client.openConversation(room.id);
    await until(() => bodies().length > 0, 'the newest page');
    expect(open.older.value).toBe('more');
    while (open.older.value === 'more') await open.loadOlder();
    expect(bodies()).toEqual(Array.from({ length: 120 }, (_, i) => `line ${i + 1}`));
  });

  test('a room that I am removed from leaves the list', async () => {
    await ben.del(`/api/rooms/${room.id}/members/ana`);
    await until(() => row() === undefined, 'the room gone');
    expect(open.failure.value).toBe('You were removed from this room.');
  });

  test('a first message of somebody new brings their room', async () => {
    const cleo = await signUp(app.url, 'cleo');
    room = (await cleo.put<Room>('/api/rooms/direct/ana')).body;
    const sent = { clientId: newClientId(), body: 'we have not met' };
    await cleo.post(`/api/rooms/${room.id}/messages`, sent);
    await until(() => row()?.unread === 1, 'the new room');
    const mine = row();
    expect(mine && client.titleOf(mine)).toBe('cleo');
  });
});
