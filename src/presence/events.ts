import type { AskHandlers } from '../edge/asks.ts';
import { unauthorized } from '../errors.ts';
import type { Presence } from './service.ts';

export const presenceEvents = ({ presence }: { presence: Presence }): AskHandlers => ({
  'presence:set': async ({ actor, connection }, { status }) => {
    if (!actor) throw unauthorized();
    await presence.set(actor, connection, status);
    return { status };
  },
  'presence:subscribe': async ({ actor, connection }, { userIds }) => {
    if (!actor) throw unauthorized();
    return { people: await presence.subscribe(actor, connection, userIds) };
  },
});
