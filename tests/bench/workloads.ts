import { LOGINS_PER_SECOND, loginsAndSaves } from './beside.ts';
import { disturbed, idling, talking } from './chat.ts';
import { bareRoutes, reading } from './http.ts';
import type { Load } from './load.ts';
import type { Peer } from './peer.ts';
import { ejabberd } from './peers/ejabberd.ts';
import { lyceum } from './peers/lyceum.ts';
import { lyceumRedis } from './peers/lyceum-redis.ts';
import { prosody } from './peers/prosody.ts';
import { socketio, storedSocketio, storedSocketioWith } from './peers/socketio.ts';
import { socketioRedis, storedSocketioRedis } from './peers/socketio-redis.ts';
import { storedWs, storedWsWith, ws } from './peers/ws.ts';
import { returning } from './return.ts';
import { appending, inserting } from './store.ts';
import { quotient, times, type Workload } from './workload.ts';

const load = (rooms: number, members: number, pace: Load['pace'], seconds = 6): Load => ({
  ...{ rooms, members, pace, seconds },
  // V8 compiles what is used most for about so long.
  warmUpSeconds: 8,
  // Until all is indexed, and rooms that were busy no longer gather.
  settleSeconds: 4,
});
/** Rooms as they are most of the day, for so long that one stall of the machine is no slow percent. */
const ordinary = load(20, 50, { perSecond: 5 }, 20);
const inOneProcess = [lyceum, socketio, ws, storedSocketio, storedWs];
const among = (peers: readonly Peer[], talk: Load, options?: { watchLoop?: boolean }) =>
  peers.map((peer) => talking(peer, talk, options));

export const workloads: readonly Workload[] = [
  {
    id: 'W1',
    title: '20 rooms × 50, 5 messages/s in each',
    contenders: among(inOneProcess, ordinary),
    goals: [
      times('cpu', 'socketio', { atMost: 1.15 }, 'CPU per delivery ≤ 1.15× bare Socket.IO'),
      {
        text: 'p99, less one disk sync, ≤ 1.5× bare Socket.IO',
        value: (of, fsyncMs) => {
          const [ours, theirs] = [of('lyceum')?.p99, of('socketio')?.p99];
          return ours && theirs && (ours - fsyncMs) / theirs;
        },
        limit: 1.5,
        better: 'lower',
      },
    ],
  },
  {
    id: 'W2',
    title: '200 rooms × 5, 5 messages/s in each',
    contenders: among([lyceum, socketio, storedSocketio, storedWs], load(200, 5, { perSecond: 5 })),
    goals: [times('cpu', 'socketio', { atMost: 2.5 }, 'CPU per delivery ≤ 2.5× bare Socket.IO')],
  },
  {
    id: 'W3',
    title: '1 room × 1,000, 5 messages/s',
    // So long that a hundredth of its few messages is more than the slowest one.
    contenders: among(
      [lyceum, socketio, storedSocketio, storedWs],
      load(1, 1_000, { perSecond: 5 }, 30),
    ),
    goals: [
      times('cpu', 'socketio', { atMost: 0.85 }, 'CPU per delivery ≤ 0.85× bare Socket.IO'),
      times('lastP99', 'socketio', { atMost: 1 }, "the last member's p99 ≤ 1.0× bare Socket.IO"),
    ],
  },
  {
    id: 'W4',
    title: '20 rooms × 50, closed loop, 4 on their way in each',
    contenders: among([...inOneProcess, ejabberd, prosody], load(20, 50, { inFlight: 4 }), {
      watchLoop: true,
    }),
    goals: [
      times(
        'deliveriesPerSecond',
        'socketio',
        { atLeast: 1.6 },
        'deliveries/s ≥ 1.6× bare Socket.IO',
      ),
      times('deliveriesPerSecond', 'ws', { atLeast: 1.1 }, 'deliveries/s ≥ 1.1× bare ws'),
      times('deliveriesPerSecond', 'ejabberd', { atLeast: 7 }, 'deliveries/s ≥ 7× ejabberd'),
      times('deliveriesPerSecond', 'prosody', { atLeast: 18 }, 'deliveries/s ≥ 18× prosody'),
    ],
  },
  {
    id: 'W5',
    title: '4 rooms × 50, 200 messages/s in each',
    // Those that store may gather as well: so what storing costs is not what is saved by waiting.
    contenders: among(
      [
        ...[lyceum, socketio, ws],
        ...[storedSocketioWith({ gatherMs: 16 }), storedWsWith({ gatherMs: 16 })],
      ],
      // So long that the slowest hundredth is more than one collection of garbage.
      load(4, 50, { perSecond: 200 }, 20),
    ),
    goals: [
      times('cpu', 'socketio', { atMost: 0.7 }, 'CPU per delivery ≤ 0.7× bare Socket.IO'),
      times('cpu', 'ws', { atMost: 1 }, 'CPU per delivery ≤ 1.0× bare ws'),
      {
        text: 'p99 ≤ 25 ms',
        value: (of) => of('lyceum')?.p99,
        limit: 25,
        better: 'lower',
      },
    ],
  },
  {
    id: 'W6',
    title: 'W1 over two processes with Redis',
    contenders: among([lyceumRedis, socketioRedis, storedSocketioRedis], ordinary),
    goals: [
      {
        text: "CPU per delivery, without the database's, ≤ 0.8× Socket.IO with the Redis adapter",
        value: (of) => quotient(of('lyceum-redis')?.cpu, of('socketio-redis')?.cpu),
        limit: 0.8,
        better: 'lower',
      },
    ],
  },
  {
    id: 'W7',
    title: '2,000 idle connections beside 500',
    // As long as it takes until every connection was asked once whether it is still there.
    contenders: [lyceum, socketio, ws, storedSocketio].map((peer) =>
      idling(peer, { rooms: 50, members: 50, warmUpSeconds: 5, settleSeconds: 4, seconds: 25 }),
    ),
    goals: [
      times('kilobytes', 'socketio', { atMost: 1.05 }, 'memory ≤ 1.05× bare Socket.IO'),
      {
        text: 'CPU near zero (at most 0.02 of a core)',
        value: (of) => of('lyceum')?.busy,
        limit: 0.02,
        better: 'lower',
      },
    ],
  },
  {
    id: 'W8',
    title: '1,000 clients come back at once, each behind by 50 in 3 rooms',
    contenders: [returning],
    goals: [
      {
        text: 'all complete in ≤ 3 s after a cut, none lost',
        value: (of) => of('lyceum')?.seconds,
        limit: 3,
        better: 'lower',
      },
      {
        text: 'all complete in ≤ 3 s after a restart, none lost',
        value: (of) => of('lyceum')?.restartSeconds,
        limit: 3,
        better: 'lower',
      },
    ],
  },
  {
    id: 'W9',
    title: 'W1 with 10 logins/s and 5 article saves/s beside it',
    // The bare server checks the passwords of as many log-ins, and saves no articles.
    contenders: [
      disturbed(lyceum, ordinary, { beside: loginsAndSaves }),
      disturbed(storedSocketio, ordinary, {
        busy: storedSocketioWith({ loginsPerSecond: LOGINS_PER_SECOND }),
      }),
    ],
    goals: [
      {
        text: "p99 ≤ 1.5× W1's, measured beside it",
        value: (of) => quotient(of('lyceum')?.p99, of('lyceum')?.quietP99),
        limit: 1.5,
        better: 'lower',
      },
    ],
  },
  {
    id: 'W10',
    title: 'an article page and a JSON list, 32 connections',
    contenders: [reading, bareRoutes],
    goals: [
      times(
        'pages',
        'fastify',
        { atLeast: 0.8 },
        'pages/s ≥ 0.8× a bare route with the same bytes',
      ),
      times(
        'lists',
        'fastify',
        { atLeast: 0.8 },
        'lists/s ≥ 0.8× a bare route with the same bytes',
      ),
    ],
  },
  {
    id: 'W11',
    title: 'the store alone (SQLite)',
    contenders: [appending, inserting],
    goals: [
      times('rows256', 'inserts', { atLeast: 0.7 }, 'rows/s by 256 ≥ 0.7× bare prepared inserts'),
      {
        text: "the event loop's p99 delay under W4 ≤ 20 ms",
        value: (of) => of('lyceum', 'W4')?.loopP99,
        limit: 20,
        better: 'lower',
      },
    ],
  },
];
