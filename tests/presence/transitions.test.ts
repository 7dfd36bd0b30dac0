import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/platform/actor.ts';
import { device } from '../people/world.ts';
import { openPresenceWorld, type PresenceWorld, type Process, toldOf } from './world.ts';

let world: PresenceWorld;
let site: Process;
let ana: Actor;
let ben: Actor;
beforeEach(async () => {
  world = await openPresenceWorld();
  site = world.process();
  [ana, ben] = await Promise.all([world.join('ana'), world.join('ben')]);
  await world.befriend(ana, ben);
});
afterEach(() => world?.close());

const statusOf = async (who: Actor, viewer: Actor) =>
  (await site.presence.statuses(viewer.userId, [who.userId])).get(who.userId);

describe('coming and going', () => {
  test('a friend is told within a second of an arrival', async () => {
    const phone = await site.connect(ana);
    await site.connect(ben);
    await world.pass(1_000);
    expect(toldOf(phone, ben)).toEqual(['online']);
    expect(await statusOf(ben, ana)).toEqual({ userId: ben.userId, status: 'online' });
  });

  test('who was here before is not told again, only when they leave', async () => {
    await site.connect(ben).then(async (benPhone) => {
      await world.pass(2_000);
      const phone = await site.connect(ana);
      await world.pass(5_000);
      expect(toldOf(phone, ben)).toEqual([]);
      benPhone.leave();
      await world.pass(11_000);
      expect(toldOf(phone, ben)).toEqual(['offline']);
    });
  });

  test('offline is told 10 s after the last device has gone, not before', async () => {
    const phone = await site.connect(ana);
    const benPhone = await site.connect(ben);
    await world.pass(2_000);
    benPhone.leave();
    await world.pass(9_000);
    expect(toldOf(phone, ben)).toEqual(['online']);
    expect((await statusOf(ben, ana))?.status).toBe('online');
    await world.pass(3_000);
    expect(toldOf(phone, ben)).toEqual(['online', 'offline']);
    expect((await statusOf(ben, ana))?.status).toBe('offline');
  });

  test('a reload within the grace is not noticed', async () => {
    const phone = await site.connect(ana);
    const before = await site.connect(ben);
    await world.pass(2_000);
    before.leave();
    await world.pass(5_000);
    await site.connect(ben);
    await world.pass(120_000);
    expect(toldOf(phone, ben)).toEqual(['online']);
  });

  test('never offline while one device lives, however many come and go', async () => {
    const phone = await site.connect(ana);
    await site.connect(ben);
    for (let round = 0; round < 5; round += 1) {
      const second = await site.connect(ben);
      await world.pass(7_000);
      second.leave();
      await world.pass(70_000);
    }
    expect(toldOf(phone, ben)).toEqual(['online']);
  });

  test('away when every device is away, back with the first that is not', async () => {
    const phone = await site.connect(ana);
    const [laptop, tablet] = [await site.connect(ben), await site.connect(ben)];
    await world.pass(2_000);
    await site.presence.set(ben, laptop, 'away');
    await world.pass(2_000);
    expect(toldOf(phone, ben)).toEqual(['online']);
    await site.presence.set(ben, tablet, 'away');
    await world.pass(2_000);
    await site.presence.set(ben, laptop, 'online');
    await world.pass(2_000);
    expect(toldOf(phone, ben)).toEqual(['online', 'away', 'online']);
    laptop.leave();
    await world.pass(12_000);
    expect(toldOf(phone, ben)).toEqual(['online', 'away', 'online', 'away']);
  });

  test('busy and invisible stay through reconnects, until changed', async () => {
    const phone = await site.connect(ana);
    const laptop = await site.connect(ben);
    await site.presence.set(ben, laptop, 'busy');
    await world.pass(2_000);
    await site.presence.set(ben, laptop, 'invisible');
    await world.pass(2_000);
    laptop.leave();
    await world.pass(20_000);
    const again = await site.connect(ben);
    await world.pass(20_000);
    expect(toldOf(phone, ben).slice(-1)).toEqual(['offline']);
    await site.presence.set(ben, again, 'online');
    await world.pass(2_000);
    expect(toldOf(phone, ben).filter((status) => status !== 'online')).toEqual(['busy', 'offline']);
    expect(toldOf(phone, ben).at(-1)).toBe('online');
  });

  test('a flood of changes is one frame a second for each device', async () => {
    const phone = await site.connect(ana);
    const friends = await Promise.all(
      Array.from({ length: 20 }, (_, index) => world.join(`friend_${index}`)),
    );
    for (const friend of friends) await world.befriend(ana, friend);
    await world.pass(2_000);
    await Promise.all(friends.map((friend) => site.connect(friend)));
    await world.pass(1_000);
    expect(phone.of('presence').map(({ people }) => people.length)).toEqual([20]);
  });

  test('strangers are told while their row is on the screen, for ten minutes', async () => {
    const cleo = await world.join('cleo');
    const phone = await site.connect(cleo);
    await site.connect(ben);
    await world.pass(2_000);
    expect(phone.told).toEqual([]);
    const [seen] = await site.presence.subscribe(cleo, phone, [ben.userId]);
    expect(seen).toEqual({ userId: ben.userId, status: 'online' });
    const benPhone = await site.connect(ben);
    await site.presence.set(ben, benPhone, 'busy');
    await world.pass(2_000);
    expect(toldOf(phone, ben)).toEqual(['busy']);
    // The next rows take the place of the former.
    await site.presence.subscribe(cleo, phone, [ana.userId]);
    await site.presence.set(ben, benPhone, 'online');
    await world.pass(2_000);
    expect(toldOf(phone, ben)).toEqual(['busy']);
    await site.presence.subscribe(cleo, phone, [ben.userId]);
    await world.pass(10 * 60_000 + 11_000);
    await site.presence.set(ben, benPhone, 'busy');
    await world.pass(2_000);
    expect(toldOf(phone, ben)).toEqual(['busy']);
  });

  test('a subscription and the events since are the fresh statuses', async () => {
    const phone = await site.connect(ana);
    const [cleo, dan] = await Promise.all([world.join('cleo'), world.join('dan')]);
    const ids = [ben, cleo, dan].map(({ userId }) => userId);
    const shown = new Map(
      (await site.presence.subscribe(ana, phone, ids)).map((each) => [each.userId, each]),
    );
    const benPhone = await site.connect(ben);
    const cleoPhone = await site.connect(cleo);
    await world.pass(2_000);
    await site.presence.set(ben, benPhone, 'away');
    await world.accounts.changeMe(dan, { settings: { presence: 'nobody' } });
    const danPhone = await site.connect(dan);
    await world.people.block(cleo, ana.username);
    await world.pass(2_000);
    await world.accounts.changeMe(dan, { settings: { presence: 'everyone' } });
    await site.presence.set(dan, danPhone, 'busy');
    await world.people.unblock(cleo, ana.username);
    cleoPhone.leave();
    benPhone.leave();
    await world.pass(15_000);
    for (const { people } of phone.of('presence'))
      for (const each of people) shown.set(each.userId, each);
    expect(shown).toEqual(await site.presence.statuses(ana.userId, ids));
    expect([...shown.values()].map(({ status }) => status)).toEqual(['offline', 'offline', 'busy']);
  });

  test('nothing is held any more when everybody has left', async () => {
    const devices = await Promise.all([ana, ben, ben].map((actor) => site.connect(actor)));
    await site.presence.subscribe(ana, devices[0] as never, [ben.userId]);
    await world.pass(5_000);
    expect(site.presence.size()).toBeGreaterThan(0);
    for (const each of devices) each.leave();
    await world.pass(60_000);
    expect(site.presence.size()).toBe(0);
    expect(await site.presence.onlineIds(10)).toEqual([]);
  });
});

test('a connection that has ended before its turn came leaves nothing behind', async () => {
  const late = device(ana);
  late.leave();
  site.presence.connected(late);
  await site.presence.subscribe(ana, late, [ben.userId]);
  await world.pass(60_000);
  expect(site.presence.size()).toBe(0);
  expect(await site.presence.onlineIds(10)).toEqual([]);
});

describe('last seen', () => {
  test('is when the last device left, and told with the departure', async () => {
    const phone = await site.connect(ana);
    const benPhone = await site.connect(ben);
    await world.pass(30_000);
    const left = world.clock.iso();
    benPhone.leave();
    await world.pass(15_000);
    expect(await statusOf(ben, ana)).toEqual({
      userId: ben.userId,
      status: 'offline',
      lastSeen: left,
    });
    const told = phone.of('presence').at(-1)?.people[0];
    expect(told).toEqual({ userId: ben.userId, status: 'offline', lastSeen: left });
  });

  test('is kept each minute, for a process that ends without a word', async () => {
    await site.connect(ben);
    await world.pass(90_000);
    site.kill();
    const other = world.process();
    await world.pass(50_000);
    const seen = (await other.presence.statuses(ana.userId, [ben.userId])).get(ben.userId);
    expect(seen?.status).toBe('offline');
    expect(Date.parse(seen?.lastSeen ?? '')).toBe(world.clock.now() - 80_000);
  });

  test('does not move while somebody is invisible', async () => {
    const laptop = await site.connect(ben);
    await world.pass(61_000);
    await site.presence.set(ben, laptop, 'invisible');
    const before = (await statusOf(ben, ana))?.lastSeen;
    await world.pass(300_000);
    laptop.leave();
    await world.pass(20_000);
    expect(before).toBeDefined();
    expect((await statusOf(ben, ana))?.lastSeen).toBe(before);
  });

  test('is not for those who hide themselves, nor for readers who are not signed in', async () => {
    const laptop = await site.connect(ben);
    await world.pass(2_000);
    laptop.leave();
    await world.pass(20_000);
    expect(await statusOf(ben, ana)).toHaveProperty('lastSeen');
    await world.accounts.changeMe(ana, { settings: { presence: 'nobody' } });
    expect(await statusOf(ben, ana)).not.toHaveProperty('lastSeen');
    const anyone = await site.presence.statuses(null, [ben.userId]);
    expect(anyone.get(ben.userId)).toEqual({ userId: ben.userId, status: 'offline' });
  });
});
