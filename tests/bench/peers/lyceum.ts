import { startNode } from '../../support/cluster.ts';
import { freePort } from '../../support/ports.ts';
import { diskFolder } from '../disk.ts';
import type { Seat } from '../line.ts';
import type { Peer } from '../peer.ts';
import { pin } from '../processes.ts';
import { makeWorld, type World } from '../world.ts';

export const seatsOf = ({ rooms }: World, portOf: (member: number) => number): Seat[] =>
  rooms
    .flatMap(({ id: roomId, members }, room) =>
      members.map(({ token: pass }) => ({ room, roomId, pass })),
    )
    .map((seat, index) => ({ ...seat, port: portOf(index) }));

export const lyceum: Peer = {
  name: 'lyceum',
  title: 'Lyceum',
  line: 'lyceum',
  stores: 'every message, in SQLite with one disk sync per group commit, before anybody sees it',
  missing: () => null,
  start: async (crowd, { core, inspectPort }) => {
    const folder = await diskFolder();
    try {
      const port = await freePort();
      const env = { DATA_DIR: folder.path };
      const world = await makeWorld(env, crowd);
      const node = await startNode(port, {
        ...env,
        ORIGIN: `http://127.0.0.1:${port}`,
        ...(inspectPort && { NODE_OPTIONS: `--inspect=127.0.0.1:${inspectPort}` }),
      });
      if (core !== null) await pin([node.pid], core);
      return {
        seats: seatsOf(world, () => port),
        pids: [node.pid],
        apartPids: [],
        url: node.url,
        close: async () => {
          await node.kill('SIGKILL');
          await folder.close();
        },
      };
    } catch (error) {
      await folder.close();
      throw error;
    }
  },
};
