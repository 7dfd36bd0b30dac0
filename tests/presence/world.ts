import type { Actor } from '../../src/platform/actor.ts';
import { createMemoryLeases } from '../../src/platform/leases.ts';
import type { PersonStatus } from '../../src/presence/contract.ts';
import { createPresence, type Presence } from '../../src/presence/service.ts';
import { createPresenceSqliteStore } from '../../src/presence/store.sqlite.ts';
import { type Device, device, openWorld, quiet, type World } from '../people/world.ts';
import { createWire, type Wire } from '../support/wire.ts';

/** One process of the site: its presence and the devices connected to it. */
export type Process = {
  presence: Presence;
  connect(actor: Actor): Promise<Device>;
  /** Ends as by kill -9: it renews and tells nothing any more. */
  kill(): void;
};

export type PresenceWorld = World & {
  wire: Wire;
  /** Leases as other processes see them; `lose` empties them, as a Redis that was restarted. */
  leases: ReturnType<typeof openLeases>;
  process(): Process;
  befriend(a: Actor, b: Actor): Promise<void>;
  /** Time passes for every living process, in steps of a second. */
  pass(ms: number): Promise<void>;
};

const openLeases = (world: World) => {
  let now = createMemoryLeases(world.clock);
  let complete = true;
  return {
    renew: (...args: Parameters<typeof now.renew>) =>
      complete ? now.renew(...args) : Promise.resolve(),
    release: (...args: Parameters<typeof now.release>) => now.release(...args),
    members: async (sets: readonly string[]) => (complete ? now.members(sets) : sets.map(() => [])),
    isComplete: () => complete,
    lose: () => {
      now = createMemoryLeases(world.clock);
    },
    reach: (reached: boolean) => {
      complete = reached;
    },
  };
};

const STEP_MS = 1_000;

export const openPresenceWorld = async (): Promise<PresenceWorld> => {
  const world = await openWorld();
  const wire = createWire();
  const leases = openLeases(world);
  const living = new Set<Presence>();
  const settle = async () => {
    for (const presence of living) await presence.settled();
  };
  const process = (): Process => {
    const presence = createPresence({
      store: createPresenceSqliteStore(world.db),
      accounts: world.accounts,
      people: world.people,
      leases,
      bus: wire.bus(),
      clock: world.clock,
      log: quiet,
      elapsed: world.clock.now,
    });
    living.add(presence);
    return {
      presence,
      connect: async (actor) => {
        const connected = device(actor);
        presence.connected(connected);
        await settle();
        return connected;
      },
      kill: () => void living.delete(presence),
    };
  };
  return {
    ...world,
    wire,
    leases,
    process,
    befriend: async (a, b) => {
      await world.people.request(a, { to: b.username });
      await world.people.request(b, { to: a.username });
      await settle();
    },
    pass: async (ms) => {
      for (let passed = 0; passed < ms; passed += STEP_MS) {
        world.clock.move(Math.min(STEP_MS, ms - passed));
        for (const presence of living) await presence.tick();
        await settle();
      }
    },
    close: async () => {
      for (const presence of living) await presence.close();
      await world.close();
    },
  };
};

/** All that a device was told of a person, in order. */
export const toldOf = (connected: Device, { userId }: Actor): PersonStatus['status'][] =>
  connected
    .of('presence')
    .flatMap(({ people }) => people)
    .filter((each) => each.userId === userId)
    .map(({ status }) => status);
