import { type AskHandlers, actorOf } from '../edge/asks.ts';
import type { People } from './service.ts';

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
