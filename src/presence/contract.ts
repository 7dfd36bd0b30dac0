import { z } from 'zod';
import { ask, Id, Time } from '../wire/contract.ts';

export const Status = z.enum(['online', 'away', 'busy', 'offline']);
export type Status = z.infer<typeof Status>;

/** What others see: an invisible person is offline. */
export const PersonStatus = z.object({
  userId: Id,
  status: Status,
  lastSeen: Time.optional(),
});
export type PersonStatus = z.infer<typeof PersonStatus>;
const People = z.object({ people: z.array(PersonStatus) });

export const presenceAsks = {
  'presence:set': ask(
    z.strictObject({ status: z.enum(['online', 'away', 'busy', 'invisible']) }),
    z.object({ status: z.enum(['online', 'away', 'busy', 'invisible']) }),
  ),
  'presence:subscribe': ask(z.strictObject({ userIds: z.array(Id).max(200) }), People),
};
export const presenceTells = { presence: People };
