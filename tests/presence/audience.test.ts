import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Audience } from '../../src/accounts/contract.ts';
import type { Actor } from '../../src/platform/actor.ts';
import type { Status } from '../../src/presence/contract.ts';
import { type Device } from '../people/world.ts';
import { openPresenceWorld, type PresenceWorld, type Process, toldOf } from './world.ts';

let world: PresenceWorld;
let site: Process;
let ana: Actor;
let friend: Actor;
let stranger: Actor;
let blocked: Actor;
let blocker: Actor;
let anaPhone: Device;
const screens = new Map<string, Device>();

beforeAll(async () => {
  world = await openPresenceWorld();
  site = world.process();
  const names = ['ana', 'friend', 'stranger', 'blocked', 'blocker'];
  const made = await Promise.all(names.map((name) => world.join(name)));
  [ana, friend, stranger, blocked, blocker] = made as [Actor, Actor, Actor, Actor, Actor];
  await world.befriend(ana, friend);
  await world.people.block(ana, blocked.username);
  await world.people.block(blocker, ana.username);
  anaPhone = await site.connect(ana);
  for (const viewer of [friend, stranger, blocked, blocker]) {
    const screen = await site.connect(viewer);
    screens.set(viewer.userId, screen);
    await site.presence.subscribe(viewer, screen, [ana.userId]);
  }
});
afterAll(() => world?.close());

/** What each kind of viewer sees of Ana, asked afresh. */
const seenNow = async () => {
  const see = async (viewerId: string | null) =>
    (await site.presence.statuses(viewerId, [ana.userId])).get(ana.userId)?.status;
  return {
    friend: await see(friend.userId),
    stranger: await see(stranger.userId),
    nobody: await see(null),
    blocked: await see(blocked.userId),
    blocker: await see(blocker.userId),
  };
};

type Choice = 'online' | 'away' | 'busy' | 'invisible';
const table: { audience: Audience; choice: Choice; friend: Status; stranger: Status }[] = [
  { audience: 'everyone', choice: 'online', friend: 'online', stranger: 'online' },
  { audience: 'everyone', choice: 'away', friend: 'away', stranger: 'away' },
  { audience: 'everyone', choice: 'busy', friend: 'busy', stranger: 'busy' },
  { audience: 'everyone', choice: 'invisible', friend: 'offline', stranger: 'offline' },
  { audience: 'friends', choice: 'online', friend: 'online', stranger: 'offline' },
  { audience: 'friends', choice: 'away', friend: 'away', stranger: 'offline' },
  { audience: 'friends', choice: 'busy', friend: 'busy', stranger: 'offline' },
  { audience: 'friends', choice: 'invisible', friend: 'offline', stranger: 'offline' },
  { audience: 'nobody', choice: 'online', friend: 'offline', stranger: 'offline' },
  { audience: 'nobody', choice: 'away', friend: 'offline', stranger: 'offline' },
  { audience: 'nobody', choice: 'busy', friend: 'offline', stranger: 'offline' },
  { audience: 'nobody', choice: 'invisible', friend: 'offline', stranger: 'offline' },
];

describe('who sees whom', () => {
  for (const { audience, choice, friend: toFriend, stranger: toStranger } of table) {
    test(`shown to ${audience}, ${choice}: a friend sees ${toFriend}, others ${toStranger}`, async () => {
      await world.accounts.changeMe(ana, { settings: { presence: audience } });
      await site.presence.set(ana, anaPhone, choice);
      await world.pass(2_000);
      expect(await seenNow()).toEqual({
        friend: toFriend,
        stranger: toStranger,
        nobody: toStranger,
        blocked: 'offline',
        blocker: 'offline',
      });
      // Those who had her on the screen have been told the same.
      const last = (viewer: Actor) => toldOf(screens.get(viewer.userId) as Device, ana).at(-1);
      expect(last(friend) ?? 'online').toBe(toFriend);
      expect(last(stranger) ?? 'online').toBe(toStranger);
    });
  }

  test('people with a block between them are never told anything of each other', async () => {
    expect(toldOf(screens.get(blocked.userId) as Device, ana)).toEqual([]);
    expect(toldOf(screens.get(blocker.userId) as Device, ana)).toEqual([]);
  });

  test('a block ends what is seen at once, and lifting it brings it back', async () => {
    await world.accounts.changeMe(ana, { settings: { presence: 'everyone', status: 'auto' } });
    await world.pass(2_000);
    const screen = screens.get(friend.userId) as Device;
    await world.people.block(ana, friend.username);
    await world.pass(1_000);
    expect(toldOf(screen, ana).at(-1)).toBe('offline');
    expect(toldOf(anaPhone, friend).at(-1)).toBe('offline');
    await world.people.unblock(ana, friend.username);
    await world.pass(1_000);
    expect(toldOf(screen, ana).at(-1)).toBe('online');
  });

  test('who is listed as online shows themselves to everybody', async () => {
    const online = async () => new Set(await site.presence.onlineIds(100));
    const others = [friend, stranger, blocked, blocker].map(({ userId }) => userId);
    expect(await online()).toEqual(new Set([ana.userId, ...others]));
    await world.accounts.changeMe(ana, { settings: { presence: 'friends' } });
    expect(await online()).toEqual(new Set(others));
    await world.accounts.changeMe(ana, { settings: { presence: 'everyone', status: 'invisible' } });
    expect(await online()).toEqual(new Set(others));
    expect(await site.presence.onlineIds(2)).toHaveLength(2);
  });

  test('who does not exist is offline, as who hides', async () => {
    const id = 'nobody-with-this-id';
    expect((await site.presence.statuses(stranger.userId, [id])).get(id)).toEqual({
      userId: id,
      status: 'offline',
    });
  });
});
