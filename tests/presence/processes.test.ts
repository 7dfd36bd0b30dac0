import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/platform/actor.ts';
import { openPresenceWorld, type PresenceWorld, type Process, toldOf } from './world.ts';

let world: PresenceWorld;
let first: Process;
let second: Process;
let ana: Actor;
let ben: Actor;
beforeEach(async () => {
  world = await openPresenceWorld();
  [first, second] = [world.process(), world.process()];
  [ana, ben] = await Promise.all([world.join('ana'), world.join('ben')]);
  await world.befriend(ana, ben);
});
afterEach(() => world?.close());

describe('presence over several processes', () => {
  test('an arrival elsewhere is told within 2 s, a departure after its grace', async () => {
    const phone = await first.connect(ana);
    const benPhone = await second.connect(ben);
    await world.pass(2_000);
    expect(toldOf(phone, ben)).toEqual(['online']);
    benPhone.leave();
    await world.pass(9_000);
    expect(toldOf(phone, ben)).toEqual(['online']);
    await world.pass(4_000);
    expect(toldOf(phone, ben)).toEqual(['online', 'offline']);
  });

  test('moving to another process is not noticed', async () => {
    const phone = await first.connect(ana);
    const before = await second.connect(ben);
    await world.pass(2_000);
    before.leave();
    await first.connect(ben);
    await world.pass(120_000);
    expect(toldOf(phone, ben)).toEqual(['online']);
  });

  test('people of a killed process are offline within 60 s, not before their leases end', async () => {
    const phone = await first.connect(ana);
    await second.connect(ben);
    await world.pass(20_000);
    second.kill();
    await world.pass(25_000);
    expect(toldOf(phone, ben)).toEqual(['online']);
    await world.pass(35_000);
    expect(toldOf(phone, ben)).toEqual(['online', 'offline']);
    expect(await first.presence.onlineIds(10)).toEqual([ana.userId]);
  });

  test('a device on another process keeps its person online when one process is killed', async () => {
    const phone = await first.connect(ana);
    await second.connect(ben);
    await first.connect(ben);
    await world.pass(5_000);
    second.kill();
    await world.pass(120_000);
    expect(toldOf(phone, ben)).toEqual(['online']);
  });

  test('when every message between processes is lost, the sweep finds what changed', async () => {
    world.wire.cut = true;
    const phone = await first.connect(ana);
    const benPhone = await second.connect(ben);
    await world.pass(11_000);
    expect(toldOf(phone, ben)).toEqual(['online']);
    benPhone.leave();
    await world.pass(22_000);
    expect(toldOf(phone, ben)).toEqual(['online', 'offline']);
  });

  test('a friendship or a block made elsewhere is followed here', async () => {
    const cleo = await world.join('cleo');
    const phone = await first.connect(cleo);
    await second.connect(ben);
    await world.pass(5_000);
    expect(phone.told).toEqual([]);
    await world.befriend(cleo, ben);
    await world.pass(2_000);
    expect(toldOf(phone, ben)).toEqual(['online']);
    await world.people.block(ben, cleo.username);
    await world.pass(2_000);
    expect(toldOf(phone, ben)).toEqual(['online', 'offline']);
    const again = await second.connect(ben);
    await second.presence.set(ben, again, 'busy');
    await world.pass(2_000);
    expect(toldOf(phone, ben)).toEqual(['online', 'offline']);
  });

  test('nobody goes offline while the leases are out of reach', async () => {
    const phone = await first.connect(ana);
    await second.connect(ben);
    await world.pass(5_000);
    world.leases.reach(false);
    await world.pass(30_000);
    world.leases.reach(true);
    await world.pass(60_000);
    expect(toldOf(phone, ben)).toEqual(['online']);
  });

  test('nobody goes offline when the leases were lost, and who left meanwhile does', async () => {
    const phone = await first.connect(ana);
    await second.connect(ben);
    const cleo = await world.join('cleo');
    await world.befriend(ana, cleo);
    const third = world.process();
    await third.connect(cleo);
    await world.pass(5_000);
    third.kill();
    world.leases.lose();
    world.wire.gap();
    await world.pass(60_000);
    expect(toldOf(phone, ben)).toEqual(['online']);
    expect(toldOf(phone, cleo)).toEqual(['online', 'offline']);
  });
});
