import type { AskContext, AskHandlers } from '../edge/asks.ts';
import { unauthorized } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import type { People } from './service.ts';

const actorOf = ({ actor }: AskContext): Actor => {
  if (!actor) throw unauthorized();
  return actor;
};

export const peopleEvents = ({ people }: { people: People }): AskHandlers => ({
  'friend:request': async (context, input) => people.request(actorOf(context), input),
  'friend:accept': async (context, { requestId }) => people.accept(actorOf(context), requestId),
  'friend:decline': async (context, { requestId }) => {
    await people.drop(actorOf(context), requestId);
    return {};
  },
  'friend:remove': async (context, { username }) => {
    await people.remove(actorOf(context), username);
    return {};
  },
});
