import { newId } from '../../src/platform/ids.ts';
import type { Stores } from '../../src/stores.ts';
import { freePort } from '../support/ports.ts';
import { opening } from './closers.ts';
import { diskFolder } from './disk.ts';
import type { Attempt } from './figures.ts';
import { startJob } from './job.ts';
import { tooBusy } from './load.ts';
import { lyceum, startLyceum } from './peers/lyceum.ts';
import { profileWindow } from './profile.ts';
import { bodyOf } from './tally.ts';
import type { Contender, MeasureOptions } from './workload.ts';
import { addRoom, makeWorld, type Person, type World } from './world.ts';

/** What every client has seen, and what it has missed, in each of its rooms. */
export const SEEN = 10;
export const MISSED = 50;
const ROOMS = 20;
const MEMBERS = 50;
const WITHIN_MS = 100_000;

export type ReturnJob = {
  port: number;
  pids: number[];
  epoch: string;
  clients: { token: string; roomIds: string[] }[];
};
export type Returned = {
  seconds: number;
  /** The same of a process that has just begun. */
  restartSeconds: number;
  /** Share of its core that the server used meanwhile. */
  busy: number;
  problems: string[];
  generatorShare: number;
};

/** Everybody is in three rooms, each time with others. */
const addCircles = async (stores: Stores, { rooms }: World) => {
  const people = rooms.flatMap(({ members }) => members);
  const circles: ((index: number) => number)[] = [
    (index) => index % ROOMS,
    (index) => (index + Math.floor(index / ROOMS)) % ROOMS,
  ];
  for (const circleOf of circles)
    for (let circle = 0; circle < ROOMS; circle += 1) {
      const members = people.filter((_, index) => circleOf(index) === circle);
      rooms.push({ id: await addRoom(stores, members), members });
    }
};
const addTalk = async (stores: Stores, { rooms }: World) => {
  for (const { id: roomId, members } of rooms) {
    const events = Array.from({ length: SEEN + MISSED }, (_, index) => ({
      ...({ id: newId(), roomId, kind: 'message', at: new Date().toISOString() } as const),
      ...{ senderId: members[index % members.length]?.id ?? '', clientId: newId(), digest: null },
      ...{ body: bodyOf(index + 1, 0, 100), html: null, replyTo: null, threadId: null },
      ...{ mentions: [], joins: false },
    }));
    const failed = (await stores.rooms.append(roomId, events)).find(
      ({ state }) => state !== 'stored',
    );
    if (failed) throw new Error(`the past could not be written: ${JSON.stringify(failed)}`);
  }
};

const clientsOf = ({ rooms }: World): ReturnJob['clients'] => {
  const roomIds = new Map<Person, string[]>();
  for (const { id, members } of rooms)
    for (const member of members) roomIds.set(member, [...(roomIds.get(member) ?? []), id]);
  return [...roomIds].map(([{ token }, ids]) => ({ token, roomIds: ids }));
};

const preparedWorld = (folder: string) =>
  makeWorld({ DATA_DIR: folder }, { rooms: ROOMS, members: MEMBERS }, async (stores, world) => {
    await addCircles(stores, world);
    await addTalk(stores, world);
  });

const measure = ({ cores, profile }: MeasureOptions): Promise<Attempt> =>
  opening(async (closers) => {
    const { path } = closers.add(await diskFolder());
    const world = await preparedWorld(path);
    const inspectPort = profile ? await freePort() : undefined;
    const options = { core: cores?.server ?? null, inspectPort };
    const { port, pid } = closers.add(await startLyceum({ DATA_DIR: path }, options));
    const job: ReturnJob = { port, pids: [pid], epoch: world.epoch, clients: clientsOf(world) };
    const window = inspectPort ? await profileWindow(inspectPort, pid) : null;
    const { problems, ...figures } = await startJob<Returned>('./come-back.ts', job, {
      core: cores?.generator ?? null,
      withinMs: WITHIN_MS,
      onWindow: (edge) => window?.[edge](),
    });
    if (window) profile?.(await window.text());
    await closers.close();
    const { generatorShare } = figures;
    const refusal = problems.length > 0 ? `${problems.length} times: ${problems[0]}` : null;
    return { figures, refusal: refusal ?? tooBusy(generatorShare) };
  });

/** All clients come back at once: to a process that has just begun, and after a cut. */
export const returning: Contender = { ...lyceum, measure };
