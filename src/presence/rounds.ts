import type { People } from '../people/service.ts';
import type { Bus } from '../platform/bus.ts';
import type { Leases } from '../platform/leases.ts';
import { createAgenda, every } from './agenda.ts';
import { type Devices, GRACE_MS } from './devices.ts';
import { createHints, type Hint } from './hints.ts';
import type { Known } from './known.ts';
import type { News } from './news.ts';
import type { Watcher, Watching } from './watching.ts';
import type { Work } from './work.ts';

/** Changes are gathered so long: a flood of arrivals is one frame a second. */
const GATHER_MS = 1_000;
const RENEW_MS = 15_000;
/** With the 45 s of a lease: a crashed process is noticed within 60 s. */
const SWEEP_MS = 10_000;
const REMEMBER_MS = 60_000;
/** Settings read while they were changed elsewhere are old for 5 s at most; then one more look. */
const SETTINGS_MS = 6_000;
/** The process that was left ends the lease; the others look after it. */
const AFTER_GRACE_MS = GRACE_MS + 500;

type Options = {
  devices: Devices;
  watching: Watching;
  known: Known;
  news: News;
  people: Pick<People, 'closeness'>;
  leases: Pick<Leases, 'isComplete'>;
  bus: Bus;
  elapsed: () => number;
  work: Work;
};

/** What is done regularly: leases renewed, people looked at, changes told. */
export const createRounds = (options: Options) => {
  const { devices, watching, known, news, people, leases, bus, elapsed, work } = options;
  const agenda = createAgenda(elapsed);
  const isDue = {
    news: every(GATHER_MS, elapsed),
    renewal: every(RENEW_MS, elapsed),
    sweep: every(SWEEP_MS, elapsed),
    remembering: every(REMEMBER_MS, elapsed),
  };
  /** Former friends, who are told a last time before they are no longer followed. */
  let partings: (readonly [Watcher, string])[] = [];
  let mustRenew = false;
  let wasComplete = true;
  let doubts = 0;
  let ticking: Promise<void> | null = null;

  const regard = async (a: string, b: string): Promise<void> => {
    const friend = (await people.closeness(a, [b])).get(b)?.friend ?? false;
    const pairs = [
      ...watching.watchersBy(a).map((watcher) => [watcher, b] as const),
      ...watching.watchersBy(b).map((watcher) => [watcher, a] as const),
    ];
    if (friend) for (const [watcher, other] of pairs) watching.follow(watcher, other, true);
    else partings.push(...pairs);
    for (const id of [a, b]) agenda.add(id, true);
    doubts += 1;
  };
  const hear = ({ moved, leaving, chose, regarded }: Hint): void => {
    for (const id of moved) agenda.add(id);
    for (const id of leaving) agenda.addLater(id, AFTER_GRACE_MS);
    for (const id of chose) {
      agenda.add(id, true);
      agenda.addLater(id, SETTINGS_MS, true);
    }
    for (const [a, b] of regarded) work.run(regard(a, b));
  };
  const hints = createHints(bus, hear);
  bus.onGap(() => {
    known.doubt();
    mustRenew = true;
    for (const id of watching.watched()) agenda.add(id);
  });

  const look = async (): Promise<void> => {
    const parted = partings;
    partings = [];
    const wanted = agenda.take();
    try {
      const ids = [...wanted.keys()].filter(watching.isWatched);
      const changed = new Set(await known.refresh(ids));
      await news.tell(ids.filter((id) => changed.has(id) || wanted.get(id)));
    } catch (error) {
      for (const [id] of wanted) agenda.add(id, true);
      partings.push(...parted);
      throw error;
    }
    for (const [watcher, id] of parted) watching.follow(watcher, id, false);
  };
  const renew = async (): Promise<void> => {
    const isBack = leases.isComplete() && !wasComplete;
    wasComplete = leases.isComplete();
    if (!isDue.renewal() && !mustRenew && !isBack) return;
    mustRenew = false;
    await devices.renew();
  };
  const sweep = (): void => {
    if (!isDue.sweep()) return;
    watching.expire(elapsed());
    for (const id of watching.watched()) agenda.add(id);
  };
  const turn = async (): Promise<void> => {
    await renew();
    const gone = await devices.endGraces();
    if (gone.length > 0) hints.give({ moved: gone });
    sweep();
    agenda.turn();
    hints.publish();
    if (!agenda.isEmpty() && isDue.news()) await look();
    if (isDue.remembering()) await devices.remember();
  };

  return {
    give: hints.give,
    lookAgain: (userId: string): void => agenda.add(userId, true),
    /** The returned function says whether nobody's visibility was put in question since. */
    watchForDoubt: (): (() => boolean) => {
      const before = doubts;
      return () => before === doubts;
    },
    /** One turn at a time; a second call waits for the one under way. */
    tick: (): Promise<void> => {
      ticking ??= turn().finally(() => {
        ticking = null;
      });
      return ticking;
    },
    close: (): void => {
      hints.publish();
      hints.close();
    },
  };
};
