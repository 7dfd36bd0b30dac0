import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/platform/actor.ts';
import { type Device, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

/** A person's lists, by the id of the other person. */
type Lists = { friends: string[]; incoming: string[]; outgoing: string[] };

const fresh = async (actor: Actor): Promise<Lists> => {
  const { incoming, outgoing } = await world.people.requests(actor);
  const { items } = await world.people.friends(actor, { limit: 100 });
  return {
    friends: items.map(({ id }) => id).sort(),
    incoming: incoming.map(({ from }) => from.id).sort(),
    outgoing: outgoing.map(({ to }) => to.id).sort(),
  };
};

/** What a device that was empty at first shows after all it was told. */
const shownBy = (device: Device, me: string): Lists => {
  const sets = {
    friends: new Set<string>(),
    incoming: new Set<string>(),
    outgoing: new Set<string>(),
  };
  const forget = (id: string) => {
    for (const set of Object.values(sets)) set.delete(id);
  };
  for (const { event, payload } of device.told) {
    if (event === 'friend:requested') {
      const { request } = payload as { request: { from: { id: string }; to: { id: string } } };
      if (request.from.id === me) sets.outgoing.add(request.to.id);
      else sets.incoming.add(request.from.id);
    } else if (event === 'friend:accepted') {
      const { person } = payload as { person: { id: string } };
      forget(person.id);
      sets.friends.add(person.id);
    } else if (event === 'friend:removed') {
      forget((payload as { userId: string }).userId);
    }
  }
  return {
    friends: [...sets.friends].sort(),
    incoming: [...sets.incoming].sort(),
    outgoing: [...sets.outgoing].sort(),
  };
};

const acts = [
  'request',
  'accept',
  'drop own',
  'drop theirs',
  'remove',
  'block',
  'unblock',
] as const;
type Act = (typeof acts)[number];

const act = async (name: Act, by: Actor, other: Actor): Promise<void> => {
  const { incoming, outgoing } = await world.people.requests(by);
  const theirs = incoming.find(({ from }) => from.id === other.userId);
  const own = outgoing.find(({ to }) => to.id === other.userId);
  if (name === 'request') await world.people.request(by, { to: other.username });
  if (name === 'accept' && theirs) await world.people.accept(by, theirs.id);
  if (name === 'drop own' && own) await world.people.drop(by, own.id);
  if (name === 'drop theirs' && theirs) await world.people.drop(by, theirs.id);
  if (name === 'remove') await world.people.remove(by, other.username);
  if (name === 'block') await world.people.block(by, other.username);
  if (name === 'unblock') await world.people.unblock(by, other.username);
};

/** A refusal is an answer like any other here: the lists must agree after it too. */
const tried = async (name: Act, by: Actor, other: Actor) => {
  try {
    await act(name, by, other);
  } catch (error) {
    expect(['conflict', 'not_found', 'rate_limited']).toContain((error as { code: string }).code);
  }
};

describe('what devices are told of friends and requests', () => {
  test('a list and the events since are the fresh list, after any acts of three people', async () => {
    let made = 0;
    const step = fc.record({
      name: fc.constantFrom(...acts),
      by: fc.integer({ min: 0, max: 2 }),
      other: fc.integer({ min: 1, max: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
        made += 1;
        const three = await Promise.all(
          ['a', 'b', 'c'].map((name) => world.join(`${name}_${made}`)),
        );
        const devices = three.map(world.connect);
        for (const { name, by, other } of steps) {
          await tried(name, three[by] as Actor, three[(by + other) % 3] as Actor);
          for (const [index, actor] of three.entries())
            expect(shownBy(devices[index] as Device, actor.userId)).toEqual(await fresh(actor));
        }
      }),
      { numRuns: 40 },
    );
  });
});
