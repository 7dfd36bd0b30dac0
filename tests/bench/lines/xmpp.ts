import { connect } from 'node:net';
import type { OpenLine } from '../line.ts';
import { HEAD_BYTES } from '../tally.ts';

const JOIN_MS = 30_000;
const shared = Buffer.allocUnsafe(256 * 1_024);

const stream =
  "<stream:stream to='localhost' xmlns='jabber:client' " +
  "xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>";
const auth = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>";
const bind = "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";
const enter = (address: string, name: string) =>
  `<presence to='${address}/${name}'><x xmlns='http://jabber.org/protocol/muc'>` +
  `<history maxstanzas='0'/></x></presence>`;

/** What is said in turn, and what is heard before the next. */
const steps = (address: string, name: string): readonly [string, RegExp][] => [
  [stream, /<\/stream:features>/],
  [auth, /<success/],
  [stream, /<\/stream:features>/],
  [bind, /<\/iq>/],
  // 110: this presence is one's own.
  [enter(address, name), /code=['"]110['"]/],
];

/** A guest of an XMPP server, in one of its chat rooms; XML is searched, not parsed. */
export const openXmpp: OpenLine = ({ port, roomId, pass }, told) =>
  new Promise((resolve, reject) => {
    const address = `${roomId}@rooms.localhost`;
    const waiting = [...steps(address, pass)];
    let heard = '';
    let kept: Buffer | null = null;
    let joined = false;
    const stop = (why: string) => {
      clearTimeout(timer);
      if (joined) told.failed(why);
      else reject(new Error(`${address}: ${why}: ${heard.slice(-300)}`));
    };
    const joining = (text: string) => {
      heard += text;
      if (!waiting[0]?.[1].test(heard)) return;
      waiting.shift();
      heard = '';
      if (waiting[0]) return void socket.write(waiting[0][0]);
      clearTimeout(timer);
      joined = true;
      resolve({
        send: (body) =>
          void socket.write(
            `<message to='${address}' type='groupchat'><body>${body}</body></message>`,
          ),
        close: () => void socket.destroy(),
      });
    };
    const talking = (chunk: Buffer, size: number) => {
      const buffer = kept ? Buffer.concat([kept, chunk.subarray(0, size)]) : chunk;
      const end = kept ? buffer.length : size;
      // The head of a message may go on in the next chunk.
      const last = buffer.lastIndexOf(0x7e, end - 1);
      const cut = last >= 0 && last + HEAD_BYTES > end ? last : end;
      kept = cut < end ? Buffer.from(buffer.subarray(cut, end)) : null;
      told.delivered(buffer, 0, cut);
    };
    const socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (size, bytes) => {
          const chunk = bytes as Buffer;
          if (joined) talking(chunk, size);
          else joining(chunk.toString('utf8', 0, size));
          return true;
        },
      },
    });
    const timer = setTimeout(() => {
      stop('was not let in in time');
      socket.destroy();
    }, JOIN_MS);
    let failure = 'closed';
    socket.once('error', (error) => {
      failure = error.message;
    });
    socket.once('close', () => stop(failure));
    socket.write(stream);
  });
