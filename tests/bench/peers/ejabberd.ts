import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onPath } from '../../support/backends.ts';
import { freePort } from '../../support/ports.ts';
import { opening } from '../closers.ts';
import { diskFolder } from '../disk.ts';
import { type Peer, plainSeats } from '../peer.ts';
import { startDaemon } from './daemon.ts';

const erlang = onPath(['erl']);
/** Where Debian keeps the code, for each architecture. */
const libraries = (existsSync('/usr/lib') ? readdirSync('/usr/lib') : [])
  .map((name) => join('/usr/lib', name))
  .filter((folder) => folder.endsWith('-linux-gnu'))
  .find((folder) => readdirSync(folder).some((name) => name.startsWith('ejabberd-')));

/** No TLS, no shapers, guests without passwords, rooms that keep an archive. */
const config = (port: number) => `
hosts: ["localhost"]
loglevel: warning
auth_method: anonymous
anonymous_protocol: sasl_anon
allow_multiple_connections: true
listen:
  - port: ${port}
    ip: "127.0.0.1"
    module: ejabberd_c2s
    shaper: none
    access: all
    max_stanza_size: 262144
modules:
  mod_disco: {}
  mod_mam:
    default: always
    assume_mam_usage: true
  mod_muc:
    host: "rooms.localhost"
    access: all
    access_create: all
    access_mam: all
    max_users: 5000
    room_shaper: none
    user_message_shaper: none
    user_presence_shaper: none
    default_room_options:
      mam: true
`;

/** As its own script starts it, without a name in the network: nobody else has to be found. */
const commandOf = (folder: string): string[] => [
  ...[erlang ?? '', '+K', 'true', '+P', '250000', '-noinput'],
  ...['-mnesia', 'dir', `"${folder}"`, '-s', 'ejabberd'],
];

export const ejabberd: Peer = {
  name: 'ejabberd',
  title: 'ejabberd',
  line: 'xmpp',
  stores: 'every message, in its Mnesia archive, written without waiting for the disk',
  missing: () => (erlang && libraries ? null : 'it is not installed (apt-get install ejabberd)'),
  start: (crowd, { core }) =>
    opening(async (closers) => {
      const { path } = closers.add(await diskFolder());
      const port = await freePort();
      const file = join(path, 'ejabberd.yml');
      await writeFile(file, config(port));
      const env = {
        HOME: path,
        ERL_LIBS: libraries ?? '',
        ERL_MAX_PORTS: '32000',
        EJABBERD_CONFIG_PATH: file,
        EJABBERD_LOG_PATH: join(path, 'ejabberd.log'),
        EJABBERD_PID_PATH: join(path, 'ejabberd.pid'),
        ERL_CRASH_DUMP_BYTES: '0',
      };
      const { pid } = closers.add(await startDaemon(commandOf(path), { port, core, env }));
      const seats = plainSeats(crowd, () => port);
      return { seats, pids: [pid], apartPids: [], url: null, close: closers.close };
    }),
};
