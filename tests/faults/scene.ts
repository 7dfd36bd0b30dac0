import type { EventsPage, MessagesPage, NewRoom, Room } from '../../src/rooms/contract.ts';
import { signUp, type TestPerson } from '../support/client.ts';
import type { Member, Site } from './cluster.ts';
import type { Crowd } from './crowd.ts';
import type { Row } from './history.ts';
import type { Random } from './random.ts';
import { rowOf, statesOf } from './view.ts';

/** Who is there and where they talk. */
export type Plan = { people: number; devices: number; rooms: number };
export const smallPlan: Plan = { people: 6, devices: 2, rooms: 3 };

/** Everything that a schedule can do something to. */
export type Scene = {
  site: Site;
  crowd: Crowd;
  random: Random;
  plan: Plan;
  people: TestPerson[];
  /** Owns the rooms; talks by HTTP only. */
  owner: TestPerson;
  roomIds: string[];
  /** Nobody but the owner has a say in it. */
  closedRoomId: string;
  /** Times are as the fault says when true; shorter where a minute is all there is. */
  thorough: boolean;
};

const PAGE = 200;
/** People that a group can be made with. */
const GROUP_MAX = 50;
const REQUEST_MS = 4_000;
const TRIES = 40;

const urlOf = (member: Member) => member.node.url;
const must = <T>({ status, body, text }: { status: number; body: T; text: string }): T => {
  if (status < 200 || status >= 300) throw new Error(`answer ${status}: ${text}`);
  return body;
};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const within = <T>(promise: Promise<T>): Promise<T> =>
  Promise.race([
    promise,
    pause(REQUEST_MS).then((): never => {
      throw new Error('no answer');
    }),
  ]);

/** Does the same at one process after the other until it is done: every request can be repeated. */
const persist = async (site: Site, request: (url: string) => Promise<unknown>) => {
  let last: unknown;
  for (let turn = 0; turn < TRIES; turn += 1) {
    const member = site.members[turn % site.members.length] as Member;
    try {
      if (member.node.alive()) return await within(request(urlOf(member)));
    } catch (error) {
      last = error;
    }
    await pause(200);
  }
  throw new Error(`nobody could do it: ${String(last)}`);
};

/** People, and rooms that all of them are in. */
export const makeScene = async (
  given: Pick<Scene, 'site' | 'crowd' | 'random' | 'plan' | 'thorough'>,
): Promise<Scene> => {
  const { site, plan, crowd, random } = given;
  const url = urlOf(site.members[0]);
  const owner = await signUp(url, 'owner');
  const people: TestPerson[] = [];
  for (let number = 1; number <= plan.people; number += 1)
    people.push(await signUp(url, `person_${number}`));
  const makeRoom = async (room: NewRoom) => must(await owner.post<Room>('/api/rooms', room)).id;
  // Of a group nobody hears anything who is not in it; a public room can hold more people.
  const members = people.map(({ username }) => username);
  const isGroup = members.length <= GROUP_MAX;
  const roomIds: string[] = [];
  for (let number = 1; number <= plan.rooms; number += 1) {
    const title = `Room ${number}`;
    const roomId = await makeRoom(
      isGroup ? { kind: 'group', title, members } : { kind: 'public', title },
    );
    roomIds.push(roomId);
    for (const person of isGroup ? [] : people)
      must(await person.put(`/api/rooms/${roomId}/members/${person.username}`));
  }
  const closedRoomId = await makeRoom({ kind: 'group', title: 'Closed' });
  await crowd.cast({
    seed: random.whole(1, 2 ** 31),
    people: people.map(({ username, me, cookie }) => ({
      username,
      userId: me.id,
      cookie,
      devices: plan.devices,
    })),
    roomIds,
    closedRoomId,
    links: site.links,
  });
  return { ...given, people, owner, roomIds, closedRoomId };
};

/**
 * Takes somebody out of a room for a while. From `graceMs` after the answer on they may be told
 * nothing of it, by whatever way.
 */
export const fenceOff = async (scene: Scene, graceMs: number, forMs: number) => {
  const { site, crowd, random, owner, people, roomIds } = scene;
  const { username } = random.pick(people);
  const roomId = random.pick(roomIds);
  const path = `/api/rooms/${roomId}/members/${username}`;
  await persist(site, async (url) => {
    const answer = await owner.at(url).del(path);
    if (answer.status !== 404) must(answer);
  });
  await crowd.record({ fact: { kind: 'removed', person: username, roomId, graceMs } });
  await pause(graceMs + forMs);
  await crowd.record({ fact: { kind: 'joined', person: username, roomId } });
  await persist(site, async (url) => must(await owner.at(url).put(path)));
};

const readRows = async (reader: TestPerson, roomId: string): Promise<Row[]> => {
  const rows: Row[] = [];
  for (;;) {
    const after = rows.at(-1)?.seq ?? 0;
    const path = `/api/rooms/${roomId}/events?after=${after}&limit=${PAGE}`;
    const { events, head } = must(await reader.get<EventsPage>(path));
    rows.push(...events.map(rowOf));
    if (events.length === 0 || (rows.at(-1)?.seq ?? 0) >= head) return rows;
  }
};

/** Reads every room from the store, through every process. */
export const readEverything = async ({ site, crowd, owner, roomIds, closedRoomId }: Scene) => {
  for (const member of site.members) {
    const reader = owner.at(urlOf(member));
    for (const roomId of [...roomIds, closedRoomId]) {
      const rows = await readRows(reader, roomId);
      const page = must(await reader.get<MessagesPage>(`/api/rooms/${roomId}/messages?limit=100`));
      const states = statesOf(page.messages);
      await crowd.record({
        fact: { kind: 'stored', process: member.name, roomId, rows, states },
      });
    }
  }
};
