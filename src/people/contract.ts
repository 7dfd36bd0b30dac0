import { z } from 'zod';
import { Person } from '../accounts/contract.ts';
import { Status } from '../presence/contract.ts';
import { ask, Empty, Id, Time, Username } from '../wire/contract.ts';

export const Relation = z.enum(['none', 'friend', 'requested', 'requests_you', 'self']);
export type Relation = z.infer<typeof Relation>;

export const Profile = Person.extend({
  relation: Relation,
  /** The pending request between us, when there is one. */
  requestId: Id.nullable(),
  blocked: z.boolean(),
  presence: z.object({ status: Status, lastSeen: Time.optional() }),
  articles: z.int(),
  mutualFriends: z.int(),
});
export type Profile = z.infer<typeof Profile>;

/** Why one person is shown to another; `text` is ready to read. */
export const Reason = z.object({
  kind: z.enum(['reading', 'tags', 'mutual_friends', 'talked', 'room', 'writes']),
  text: z.string(),
  url: z.string().optional(),
});
export type Reason = z.infer<typeof Reason>;
export const PersonWithReasons = z.object({
  person: Person,
  relation: Relation,
  status: Status,
  reasons: z.array(Reason),
});
export type PersonWithReasons = z.infer<typeof PersonWithReasons>;

/** The message a request began from, as its receiver sees it. */
export const About = z.object({ messageId: Id, text: z.string(), url: z.string() });
export type About = z.infer<typeof About>;
export const FriendRequest = z.object({
  id: Id,
  from: Person,
  to: Person,
  state: z.enum(['pending', 'accepted']),
  at: Time,
  about: About.optional(),
});
export type FriendRequest = z.infer<typeof FriendRequest>;
export const FriendRequests = z.object({
  incoming: z.array(FriendRequest),
  outgoing: z.array(FriendRequest),
});
export type FriendRequests = z.infer<typeof FriendRequests>;

export const NewFriendRequest = z.strictObject({
  to: Username,
  about: z.strictObject({ messageId: Id }).optional(),
});
export type NewFriendRequest = z.infer<typeof NewFriendRequest>;

const ById = z.strictObject({ requestId: Id });
export const peopleAsks = {
  'friend:request': ask(NewFriendRequest, FriendRequest),
  'friend:accept': ask(ById, FriendRequest),
  'friend:decline': ask(ById, Empty),
  'friend:remove': ask(z.strictObject({ username: Username }), Empty),
};
export const peopleTells = {
  'friend:requested': z.object({ request: FriendRequest }),
  'friend:accepted': z.object({ person: Person }),
  'friend:removed': z.object({ userId: Id }),
};
