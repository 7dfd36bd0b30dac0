import { startNode } from '../../support/cluster.ts';
import { freePort } from '../../support/ports.ts';
import { opening } from '../closers.ts';
import { diskFolder } from '../disk.ts';
import type { Seat } from '../line.ts';
import type { Peer, StartOptions } from '../peer.ts';
import { pin } from '../processes.ts';
import { makeWorld, type World } from '../world.ts';

export const seatsOf = ({ rooms }: World, portOf: (member: number) => number): Seat[] =>
  rooms
    .flatMap(({ id: roomId, members }, room) =>
      members.map(({ token: pass }) => ({ room, roomId, pass })),
    )
    .map((seat, index) => ({ ...seat, port: portOf(index) }));

/** One process as `npm start` has it, with limits that nobody here reaches. */
export const startLyceum = async (
  env: Record<string, string>,
  { core, inspectPort }: StartOptions,
) => {
  const port = await freePort();
  const node = await startNode(port, {
    ...env,
    ORIGIN: `http://127.0.0.1:${port}`,
    ...(inspectPort && { NODE_OPTIONS: `--inspect=127.0.0.1:${inspectPort}` }),
  });
  if (core !== null) await pin([node.pid], core);
  const { pid, url } = node;
  return { port, pid, url, close: () => node.kill('SIGKILL') };
};

export const lyceum: Peer = {
  name: 'lyceum',
  title: 'Lyceum',
  line: 'lyceum',
  stores: 'every message, in SQLite with one disk sync per group commit, before anybody sees it',
  missing: () => null,
  start: (crowd, options) =>
    opening(async (closers) => {
      const { path } = closers.add(await diskFolder());
      const world = await makeWorld({ DATA_DIR: path }, crowd);
      const node = closers.add(await startLyceum({ DATA_DIR: path }, options));
      return {
        seats: seatsOf(world, () => node.port),
        pids: [node.pid],
        apartPids: [],
        url: node.url,
        close: closers.close,
      };
    }),
};
