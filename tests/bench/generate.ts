import { setTimeout as wait } from 'node:timers/promises';
import { createRandom } from '../faults/random.ts';
import { answerJob } from './answer-job.ts';
import { lastsOf, openCrowd } from './crowd.ts';
import { collectGarbage } from './inspector.ts';
import type { Edge } from './job.ts';
import type { Line } from './line.ts';
import { openers } from './lines/open.ts';
import type { Job, Measured } from './load.ts';
import { closedLoop, openLoop, type Pace } from './pace.ts';
import { cpuMicros, familyOf, residentBytes } from './processes.ts';
import { spreadOf } from './stats.ts';
import { bodyOf, createTally } from './tally.ts';

/** The generator: a process of its own on a core of its own, one for each row. */
const BODY_CHARS = 100;
/** Random members of each room that are timed, beside the last one. */
const TIMED = 3;
/** Share of idle connections that are there before memory is looked at. */
const EARLY = 0.2;
/** What many connections left behind is collected once, some 10 s after them: that is not idling. */
const COLLECTED_MS = 12_000;
const DRAIN_SECONDS = 15;
const POLL_MS = 20;

const measure = async (job: Job, say: (edge: Edge) => Promise<void>): Promise<Measured> => {
  const { seats, load, seed } = job;
  const drainMs = (load.drainSeconds ?? DRAIN_SECONDS) * 1_000;
  const random = createRandom(seed);
  const family = familyOf(job.pids);
  const roomOf = seats.map(({ room }) => room);
  const inRoom = (room: number) =>
    roomOf.flatMap((each, member) => (each === room ? [member] : []));
  const membersOf = Array.from({ length: load.rooms }, (_, room) => inRoom(room));
  const lasts = lastsOf(seats);
  const others = new Set(
    membersOf.flatMap((members) => Array.from({ length: TIMED }, () => random.pick(members))),
  );
  const times: Record<'random' | 'last', number[]> = { random: [], last: [] };
  let window: { from: number; to: number } | null = null;
  let pace: Pace | null = null;
  let acks = 0;
  let failure: string | null = null;
  let lines: Line[] = [];

  const tally = createTally({
    roomOf,
    isTimed: (member) => lasts.has(member) || others.has(member),
    complete: (_number, room) => pace?.complete(room),
    timed: (member, number, ms) => {
      if (!window || number < window.from || number >= window.to) return;
      if (lasts.has(member)) times.last.push(ms);
      if (others.has(member)) times.random.push(ms);
    },
  });
  const send = (room: number, plannedAt: number) => {
    const number = tally.next(room);
    const member = random.pick(membersOf[room] ?? []);
    lines[member]?.send(bodyOf(number, plannedAt, BODY_CHARS));
  };
  const start = (): Pace | null => {
    if (load.pace === 'idle') return null;
    if ('inFlight' in load.pace) return closedLoop(load.rooms, load.pace.inFlight, send);
    return openLoop(load.rooms, load.pace.perSecond, random.fork('beat'), send);
  };
  /** Waits so long, unless something fails. */
  const goOn = async (ms: number, isOver = () => false) => {
    const end = performance.now() + ms;
    while (performance.now() < end && !isOver()) {
      if (failure) throw new Error(failure);
      await wait(Math.min(POLL_MS, Math.max(1, end - performance.now())));
    }
  };

  const enter = (from: number, to: number) =>
    openCrowd(seats.slice(from, to), openers[job.line], (index) => ({
      delivered: (buffer, start, end) => tally.take(from + index, buffer, start, end),
      acked: () => {
        acks += 1;
      },
      failed: (why) => {
        failure ??= `member ${from + index}: ${why}`;
      },
    }));
  // What the first of them cost once, as code that is compiled, is not of the others.
  const early = load.pace === 'idle' ? Math.floor(seats.length * EARLY) : 0;
  const first = await enter(0, early);
  if (early > 0) await goOn(load.warmUpSeconds * 1_000);
  /** What is held: how much garbage lies about is an accident of the moment. */
  const bytesHeld = async () => {
    if (load.pace === 'idle' && job.inspectPort) await collectGarbage(job.inspectPort);
    return residentBytes(family);
  };
  const bytesBefore = await bytesHeld();
  const crowd = await enter(early, seats.length);
  lines = crowd.lines;
  if (load.pace !== 'idle') {
    // As many messages as it can take: what a slow rate would need minutes for is compiled by then.
    pace = closedLoop(load.rooms, 1, send);
    await goOn(load.warmUpSeconds * 1_000);
    pace.stop();
    await goOn(drainMs, tally.isComplete);
  }
  pace = start();
  await goOn(load.settleSeconds * 1_000);
  const bytesAfter = await bytesHeld();
  if (load.pace === 'idle') await goOn(COLLECTED_MS);
  await say('begin');
  const look = () => ({
    at: performance.now(),
    deliveries: tally.delivered(),
    sends: tally.sent(),
    cpu: cpuMicros(family),
    apart: cpuMicros(job.apartPids),
    own: process.cpuUsage(),
  });
  const begin = look();
  window = { from: begin.sends, to: Number.POSITIVE_INFINITY };
  await goOn(load.seconds * 1_000);
  const end = look();
  window.to = end.sends;
  await say('end');
  pace?.stop();
  await goOn(drainMs, tally.isComplete);
  // What comes twice may come late.
  await goOn(5 * POLL_MS);
  const micros = end.own.user + end.own.system - begin.own.user - begin.own.system;
  const measured: Measured = {
    seconds: (end.at - begin.at) / 1_000,
    deliveries: end.deliveries - begin.deliveries,
    sends: end.sends - begin.sends,
    cpuMicros: end.cpu - begin.cpu,
    apartMicros: end.apart - begin.apart,
    bytesBefore,
    connected: seats.length - early,
    bytesAfter,
    generatorShare: micros / 1_000 / (end.at - begin.at),
    random: spreadOf(times.random),
    last: spreadOf(times.last),
    losses: tally.losses(),
    acks,
    sentInAll: tally.sent(),
  };
  first.close();
  crowd.close();
  return measured;
};

answerJob(measure);
