import { setTimeout as wait } from 'node:timers/promises';
import type { Article } from '../../src/articles/contract.ts';
import { signUp, testPassword } from '../support/client.ts';
import { send } from '../support/http.ts';
import type { Report } from './checker.ts';
import type { Shape } from './cluster.ts';
import { type Scene, smallPlan } from './scene.ts';
import { calm } from './talk.ts';
import type { Fault } from './trial.ts';

const oneFile = ({ store, processes }: Shape) => store === 'sqlite' && processes > 1;
const everywhere = (shape: Shape) => !oneFile(shape);
const atMostTwo = (shape: Shape) => everywhere(shape) && shape.processes < 3;
const lastsMs = ({ thorough }: Scene, ms: number, otherwise: number) => (thorough ? ms : otherwise);

/** Everybody comes back once anyway, at the forced resync. */
const wasCut =
  (devices = smallPlan.people * smallPlan.devices) =>
  ({ recovery }: Report) =>
    recovery.count > devices;

const LOGINS_PER_SECOND = 50;
/** Who log in are not those who talk: a person's 51st log-in ends the first session. */
const AT_THE_DOOR = 20;
const STORM = { people: 100, devices: 10, rooms: 3 };
const BEHIND = 50;

/** Log-ins and large articles, begun at a steady rate whether or not the ones before are done. */
const busyDoors = async ({ site, owner }: Scene, ms: number) => {
  const [{ node }] = site.members;
  const body = 'A long text with *some* marks. '.repeat(5_000);
  const made = await owner.at(node.url).post<Article>('/api/articles', { title: 'Long', body });
  const guests = await Promise.all(
    Array.from({ length: AT_THE_DOOR }, (_, index) => signUp(node.url, `guest_${index}`)),
  );
  const answers = new Map<number, number>();
  const count = ({ status }: { status: number }) =>
    void answers.set(status, (answers.get(status) ?? 0) + 1);
  const tasks: Promise<void>[] = [];
  const until = Date.now() + ms;
  for (let turn = 0; Date.now() < until; turn += 1) {
    const login = guests[turn % guests.length]?.me.username;
    const credentials = { body: { login, password: testPassword } };
    tasks.push(send(node.url, 'POST', '/api/sessions', credentials).then(count));
    if (turn % 10 === 0)
      tasks.push(
        send(node.url, 'PATCH', `/api/articles/${made.body.id}`, {
          body: { body: `${turn} ${body}`, baseVersion: 1 },
          cookie: owner.cookie,
        }).then(count),
      );
    await wait(1_000 / LOGINS_PER_SECOND);
  }
  await Promise.all(tasks);
  const undeclared = [...answers.keys()].filter((status) => status >= 500 && status !== 503);
  if (undeclared.length > 0) throw new Error(`answers ${undeclared.join(', ')} at the doors`);
};

export const clientFaults: Fault[] = [
  {
    id: 'F8',
    title: 'connections reset, 2 s offline, half-open',
    fits: everywhere,
    felt: wasCut(),
    run: async (scene) => {
      const { site, crowd, thorough } = scene;
      await crowd.churn({ everyMs: thorough ? 8_000 : 3_000, offlineMs: 2_000, elsewhere: true });
      await wait(lastsMs(scene, 20_000, 7_000));
      await crowd.churn(null);
      const long = site.shape.processes === 2 ? 60_000 : 15_000;
      const member = scene.random.pick(site.members);
      member.front.set({ kind: 'blackhole' });
      await wait(lastsMs(scene, long, 6_000));
      member.front.set({ kind: 'pass' });
      await wait(2_000);
    },
    // Those on a dead link know it after 5 s without an answer, or by the missing pings; a client
    // may try that link again before it tries the other.
    bounds: { staleness: 50_000, away: 16_000 },
  },
  {
    id: 'F9',
    title: 'people on 3 devices that change the process in mid-sync',
    fits: everywhere,
    felt: wasCut(),
    plan: { people: 4, devices: 3, rooms: 3 },
    run: async (scene) => {
      await scene.crowd.churn({ everyMs: 1_000, offlineMs: 60, elsewhere: true });
      await wait(lastsMs(scene, 15_000, 6_000));
      await scene.crowd.churn(null);
      await wait(1_000);
    },
  },
  {
    id: 'F13',
    title: 'readers that stop reading for 60 s',
    fits: atMostTwo,
    felt: wasCut(),
    pace: { everyMs: 250, length: 3_500, acts: 0.05, wrongs: 0.01 },
    bounds: { staleness: 61_000, away: 61_000 },
    run: async (scene) => {
      const { crowd } = scene;
      const names = ['person_1/1', 'person_2/1'];
      await crowd.stall({ names, on: true });
      await wait(lastsMs(scene, 60_000, 15_000));
      await crowd.stall({ names, on: false });
      await wait(2_000);
    },
  },
  {
    id: 'F15',
    title: '1,000 clients come back at once, each behind by 50 in 3 rooms',
    fits: atMostTwo,
    felt: wasCut(STORM.people * STORM.devices),
    plan: STORM,
    pace: null,
    // All of them arrive on two cores that they share with the server.
    bounds: { recovery: 10_000, away: 15_000 },
    run: async ({ crowd }) => {
      const talkers = ['person_1/1', 'person_2/1', 'person_3/1'];
      const everybody = Array.from({ length: STORM.people }, (_, index) => index + 1).flatMap(
        (person) =>
          Array.from({ length: STORM.devices }, (_each, index) => `person_${person}/${index + 1}`),
      );
      const names = everybody.filter((name) => !talkers.includes(name));
      await crowd.drop({ names, how: 'reset', offlineMs: 6_000, elsewhere: true });
      await crowd.say({ names: talkers, count: BEHIND, length: 60 });
      await wait(6_000);
      await crowd.quiet({ withinMs: 60_000 });
    },
  },
  {
    id: 'F16',
    title: '50 log-ins a second and large articles beside the chat',
    fits: atMostTwo,
    felt: () => true,
    pace: calm,
    run: async (scene) => busyDoors(scene, lastsMs(scene, 15_000, 5_000)),
  },
];
