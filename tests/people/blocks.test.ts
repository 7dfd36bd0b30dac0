import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/platform/actor.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let made = 0;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

const pair = async (): Promise<[Actor, Actor]> => {
  made += 1;
  return Promise.all([world.join(`ana_${made}`), world.join(`ben_${made}`)]);
};
const befriend = async (a: Actor, b: Actor) => {
  await world.people.request(a, { to: b.username });
  await world.people.request(b, { to: a.username });
};

/** Everything that one person can see of another through this feature. */
const seen = async (viewer: Actor, other: Actor) => {
  const { people } = world;
  const { incoming, outgoing } = await people.requests(viewer);
  const isOther = ({ id }: { id: string }) => id === other.userId;
  return {
    friend: (await people.friends(viewer, { limit: 100 })).items.some(isOther),
    incoming: incoming.some(({ from }) => isOther(from)),
    outgoing: outgoing.some(({ to }) => isOther(to)),
    listedAsBlocked: (await people.blocks(viewer, { limit: 100 })).items.some(isOther),
    relation: (await people.relations(viewer.userId, [other.userId])).get(other.userId)?.relation,
  };
};
const nothing = {
  friend: false,
  incoming: false,
  outgoing: false,
  listedAsBlocked: false,
  relation: 'none',
};

describe('a block', () => {
  const before = {
    strangers: async () => {},
    friends: befriend,
    'a request of the blocker': (a: Actor, b: Actor) => world.people.request(a, { to: b.username }),
    'a request to the blocker': (a: Actor, b: Actor) => world.people.request(b, { to: a.username }),
  };
  for (const [name, prepare] of Object.entries(before)) {
    test(`ends all there was between ${name}, for both`, async () => {
      const [ana, ben] = await pair();
      await prepare(ana, ben);
      await world.people.block(ana, ben.username);
      expect(await seen(ana, ben)).toEqual({ ...nothing, listedAsBlocked: true });
      expect(await seen(ben, ana)).toEqual(nothing);
      expect(await world.people.isBlocked(ana.userId, ben.userId)).toBe(true);
      expect(await world.people.isBlocked(ben.userId, ana.userId)).toBe(true);
      expect(await world.people.blockedWith(ben.userId)).toEqual(new Set([ana.userId]));
      expect(await world.people.hasBlocked(ana.userId, ben.userId)).toBe(true);
      expect(await world.people.hasBlocked(ben.userId, ana.userId)).toBe(false);
    });
  }

  test('keeps requests of the blocked one away, in silence', async () => {
    const [ana, ben] = await pair();
    await world.people.block(ana, ben.username);
    const anaPhone = world.connect(ana);
    const request = await world.people.request(ben, { to: ana.username });
    expect(request.state).toBe('pending');
    expect(await seen(ben, ana)).toEqual({ ...nothing, outgoing: true, relation: 'requested' });
    expect(await seen(ana, ben)).toEqual({ ...nothing, listedAsBlocked: true });
    expect(anaPhone.told).toEqual([]);
    await expect(world.people.accept(ana, request.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is lifted before its maker can ask; a request made meanwhile is delivered when asked again', async () => {
    const [ana, ben] = await pair();
    await world.people.block(ana, ben.username);
    await expect(world.people.request(ana, { to: ben.username })).rejects.toMatchObject({
      code: 'conflict',
    });
    const { id } = await world.people.request(ben, { to: ana.username });
    await world.people.unblock(ana, ben.username);
    expect(await seen(ana, ben)).toEqual(nothing);
    await world.people.request(ben, { to: ana.username });
    expect((await world.people.requests(ana)).incoming.map((each) => each.id)).toEqual([id]);
  });

  test('by both sides is two blocks', async () => {
    const [ana, ben] = await pair();
    await world.people.block(ana, ben.username);
    await world.people.block(ben, ana.username);
    await world.people.unblock(ana, ben.username);
    expect(await world.people.isBlocked(ana.userId, ben.userId)).toBe(true);
    expect(await seen(ben, ana)).toEqual({ ...nothing, listedAsBlocked: true });
    expect(await seen(ana, ben)).toEqual(nothing);
  });

  test('against acceptance at the same moment never leaves a friendship', async () => {
    for (let round = 0; round < 20; round += 1) {
      const [ana, ben] = await pair();
      const { id } = await world.people.request(ben, { to: ana.username });
      await Promise.allSettled([
        world.people.accept(ana, id),
        world.people.block(ana, ben.username),
        world.people.request(ana, { to: ben.username }),
      ]);
      expect(await seen(ben, ana)).toEqual(nothing);
      expect(await seen(ana, ben)).toEqual({ ...nothing, listedAsBlocked: true });
    }
  });

  test('by others looks like absence where a friend would be removed', async () => {
    const [ana, ben] = await pair();
    await world.people.block(ana, ben.username);
    const words = async (username: string) => {
      const refused = await world.people.remove(ben, username).catch((error: unknown) => error);
      return (refused as Error).message;
    };
    expect(await words(ana.username)).toBe(await words('nobody_here'));
  });
});
