import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onPath } from '../../support/backends.ts';
import { freePort } from '../../support/ports.ts';
import { opening } from '../closers.ts';
import { diskFolder } from '../disk.ts';
import { type Peer, plainSeats } from '../peer.ts';
import { startDaemon } from './daemon.ts';

const program = onPath(['prosody']);

/** No TLS, no limits, guests without passwords, rooms that are open at once and keep an archive. */
const config = (folder: string, port: number) => `
run_as_root = true
daemonize = false
pidfile = "${folder}/prosody.pid"
data_path = "${folder}"
log = { warn = "*console" }
interfaces = { "127.0.0.1" }
c2s_ports = { ${port} }
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
modules_enabled = { "saslauth", "disco" }
modules_disabled = { "s2s", "tls", "offline" }

VirtualHost "localhost"
  authentication = "anonymous"

Component "rooms.localhost" "muc"
  modules_enabled = { "muc_mam" }
  muc_room_locking = false
  muc_log_by_default = true
  muc_log_all_rooms = true
`;

export const prosody: Peer = {
  name: 'prosody',
  title: 'prosody',
  line: 'xmpp',
  stores: "every message, in its archive's files, written without waiting for the disk",
  missing: () => (program ? null : 'no prosody on the path (apt-get install prosody)'),
  start: (crowd, { core }) =>
    opening(async (closers) => {
      const { path } = closers.add(await diskFolder());
      const port = await freePort();
      const file = join(path, 'prosody.cfg.lua');
      await writeFile(file, config(path, port));
      const command = [program ?? '', '-F', '--config', file];
      const { pid } = closers.add(await startDaemon(command, { port, core }));
      const seats = plainSeats(crowd, () => port);
      return { seats, pids: [pid], apartPids: [], url: null, close: closers.close };
    }),
};
