import { missing } from '../../support/backends.ts';
import { startRedis } from '../../support/redis.ts';
import { opening } from '../closers.ts';
import { type Peer, plainSeats } from '../peer.ts';
import { pin } from '../processes.ts';
import { startBare } from './bare.ts';
import { KEPT_IN_MONGODB, openDatabase } from './database.ts';

const startTwo =
  ({ keeps }: { keeps: boolean }): Peer['start'] =>
  (crowd, options) =>
    opening(async (closers) => {
      const database = keeps ? await openDatabase(closers) : null;
      const redis = closers.add(await startRedis());
      if (options.core !== null) await pin([redis.pid], options.core);
      const env = { REDIS_URL: redis.url, ...(database && { STORE_URL: database.url }) };
      const one = closers.add(await startBare('./socketio-server.ts', options, env));
      const { core } = options;
      const other = closers.add(await startBare('./socketio-server.ts', { core }, env));
      return {
        seats: plainSeats(crowd, (member) => (member % 2 === 0 ? one.port : other.port)),
        pids: [one.pid, other.pid, redis.pid],
        apartPids: database?.pids ?? [],
        url: null,
        close: closers.close,
      };
    });

/** Two processes with the classic adapter; members in turns on one and the other. */
export const socketioRedis: Peer = {
  name: 'socketio-redis',
  title: 'Socket.IO with the Redis adapter × 2',
  line: 'socketio',
  stores: 'nothing',
  missing: () => missing('redis'),
  start: startTwo({ keeps: false }),
};

export const storedSocketioRedis: Peer = {
  ...socketioRedis,
  name: 'stored-socketio-redis',
  title: 'Socket.IO with the Redis adapter × 2 that stores',
  stores: KEPT_IN_MONGODB,
  start: startTwo({ keeps: true }),
};
