import type { AskHandlers } from '../edge/asks.ts';
import { unauthorized } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import type { Rooms } from './service.ts';

const signedIn = (actor: Actor | null): Actor => {
  if (!actor) throw unauthorized();
  return actor;
};

/** What sockets ask of rooms. */
export const roomsEvents = ({ rooms }: { rooms: Rooms }): AskHandlers => ({
  'room:join': ({ connection }, input) => rooms.join(connection, input),
  'room:leave': async ({ connection }, { roomId }) => {
    await rooms.leave(connection, roomId);
    return {};
  },
  'room:sync': ({ actor }, input) => rooms.sync(actor, input),
  'room:read': ({ actor }, input) => rooms.read(signedIn(actor), input),
  'message:send': async ({ actor, connection }, input) => {
    const { message } = await rooms.send(signedIn(actor), input, connection);
    const { id, seq, n, at } = message;
    return { message: { id, seq, n, at, clientId: input.clientId } };
  },
  'message:edit': ({ actor }, input) => rooms.edit(signedIn(actor), input),
  'message:delete': ({ actor }, input) => rooms.remove(signedIn(actor), input),
  'message:react': ({ actor }, input) => rooms.react(signedIn(actor), input),
  'typing:start': async ({ actor }, { roomId }) => {
    await rooms.typing.start(signedIn(actor), roomId);
    return {};
  },
  'typing:stop': async ({ actor }, { roomId }) => {
    await rooms.typing.stop(signedIn(actor), roomId);
    return {};
  },
});
