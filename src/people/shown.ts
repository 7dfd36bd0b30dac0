import type { Person } from '../accounts/contract.ts';
import type { Accounts } from '../accounts/service.ts';
import type { About, FriendRequest } from './contract.ts';
import { areFriends, type Tie } from './tie.ts';

/** The text and place of a message for one who may read it; null for others. */
export type DescribeMessage = (
  messageId: string,
  viewerId: string,
) => Promise<{ text: string; url: string } | null>;

type Options = { accounts: Pick<Accounts, 'people'>; describeMessage: DescribeMessage };

/** Turns stored ties into what `viewerId` is shown. */
export const createShown = ({ accounts, describeMessage }: Options) => {
  const aboutFor = async (
    messageId: string | null,
    viewerId: string,
  ): Promise<About | undefined> => {
    const described = messageId && (await describeMessage(messageId, viewerId));
    return described ? { messageId, ...described } : undefined;
  };
  const requestFor = async (
    tie: Tie,
    viewerId: string,
    people: Map<string, Person>,
  ): Promise<FriendRequest[]> => {
    const { request } = tie;
    const from = request && people.get(request.from);
    const to = request && people.get(request.to);
    if (!from || !to) return [];
    const about = await aboutFor(request.about, viewerId);
    const state = areFriends(tie) ? 'accepted' : 'pending';
    return [{ id: request.id, from, to, state, at: request.at, ...(about && { about }) }];
  };
  return {
    /** Requests in the same order, without those of people who are gone. */
    requests: async (ties: readonly Tie[], viewerId: string): Promise<FriendRequest[]> => {
      const people = await accounts.people(ties.flatMap(({ low, high }) => [low, high]));
      const shown = await Promise.all(ties.map((tie) => requestFor(tie, viewerId, people)));
      return shown.flat();
    },
    /** People in the same order, without those who are gone. */
    people: async (ids: readonly string[]): Promise<Person[]> => {
      const people = await accounts.people(ids);
      return ids.flatMap((id) => people.get(id) ?? []);
    },
  };
};
export type Shown = ReturnType<typeof createShown>;
