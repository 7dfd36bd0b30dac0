import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Cast, Command, Orders } from './crowd.ts';
import { createDevice, type Device } from './device.ts';
import { type Entry, type Fact, monotonicNow } from './history.ts';
import { createRandom, type Random } from './random.ts';
import { createTalker } from './talk.ts';

/**
 * A process of its own, so that the people do not share an event loop with anything that is
 * tested. It obeys the orders of `crowd.ts` and keeps the history.
 */
type Member = { device: Device; talker: ReturnType<typeof createTalker>; random: Random };

const POLL_MS = 50;
const history: Entry[] = [];
const members = new Map<string, Member>();
const delay = monitorEventLoopDelay({ resolution: 10 });
let churn: NodeJS.Timeout | undefined;

const record = (fact: Fact) => void history.push({ ...fact, at: monotonicNow() });

const named = (names: string[] | undefined): Member[] =>
  names ? names.map((name) => members.get(name) as Member) : [...members.values()];

const add = ({ seed, people, roomIds, closedRoomId, links }: Cast) => {
  for (const { username, userId, cookie, devices } of people) {
    for (let number = 1; number <= devices; number += 1) {
      const name = `${username}/${number}`;
      const random = createRandom(seed).fork(name);
      const device = createDevice({
        name,
        cookie,
        links,
        roomIds,
        random: random.fork('net'),
        record,
      });
      const talk = random.fork('talk');
      const talker = createTalker({ device, userId, roomIds, closedRoomId, random: talk, record });
      members.set(name, { device, talker, random: random.fork('churn') });
    }
  }
};

/** Waits until it holds for all; answers those for whom it does not. */
const untilAll = async (who: Member[], withinMs: number, holds: (member: Member) => boolean) => {
  const end = Date.now() + withinMs;
  while (!who.every(holds) && Date.now() < end)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  return who
    .filter((member) => !holds(member))
    .map(({ device }) => `${device.name} ${JSON.stringify(device.state())}`);
};

const orders: Orders = {
  cast: async (cast) => {
    add(cast);
    delay.enable();
  },
  start: async ({ names }) => {
    for (const { device } of named(names)) device.start();
  },
  stop: async ({ names }) => {
    for (const { device } of named(names)) device.stop();
  },
  talk: async ({ pace, names }) => {
    for (const { talker } of members.values()) talker.stop();
    if (pace) for (const { talker } of named(names)) talker.begin(pace);
  },
  say: async ({ count, length, names }) => {
    for (let turn = 0; turn < count; turn += 1)
      for (const { talker } of named(names)) talker.say(length);
  },
  drop: async ({ names, how, offlineMs, elsewhere }) => {
    for (const { device } of named(names)) device.drop(how, offlineMs, elsewhere);
  },
  churn: async (order) => {
    clearInterval(churn);
    if (!order) return;
    const { everyMs, offlineMs, elsewhere } = order;
    churn = setInterval(() => {
      for (const { device, random } of members.values())
        if (random.chance(100 / everyMs))
          device.drop(random.pick(['reset', 'close']), random.whole(0, 2 * offlineMs), elsewhere);
    }, 100);
  },
  stall: async ({ names, on }) => {
    for (const { device } of named(names)) device.stall(on);
  },
  back: ({ withinMs, names }) =>
    untilAll(named(names), withinMs, ({ device }) => device.state().complete),
  quiet: ({ withinMs, names }) =>
    untilAll(named(names), withinMs, ({ device }) => device.isQuiet()),
  screens: async () => {
    for (const { device } of members.values()) device.showScreens();
  },
  record: async ({ fact }) => record(fact),
  history: async () => ({ history: history.splice(0), lagMs: delay.percentile(99) / 1e6 }),
};

process.on('message', ({ id, order, payload }: Command) => {
  (orders[order] as (payload: unknown) => Promise<unknown>)(payload).then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
// Nobody to answer to: nothing to do.
process.on('disconnect', () => process.exit());
process.send?.({ id: 0 });
