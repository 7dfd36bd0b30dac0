import type { Audience, Settings } from '../accounts/contract.ts';
import type { Accounts } from '../accounts/service.ts';
import type { Closeness } from '../people/service.ts';
import type { Leases } from '../platform/leases.ts';
import type { Status } from './contract.ts';

/** What a device says of itself, kept in its lease. */
export type DeviceState = 'online' | 'away';

/** A person's presence before it is asked who looks. */
export type State = {
  /** At least one device holds a lease. */
  here: boolean;
  status: Status;
  audience: Audience;
};

export const leaseSet = (userId: string): string => `presence:${userId}`;
export const leaseMember = (connectionId: string, state: DeviceState): string =>
  `${connectionId}:${state}`;

/** So many people are read from the leases and the settings at once. */
const CHUNK = 500;

const statusOf = (members: readonly string[], settings: Settings): Status => {
  if (members.length === 0 || settings.status === 'invisible') return 'offline';
  if (settings.status === 'busy') return 'busy';
  return members.some((member) => member.endsWith(':online')) ? 'online' : 'away';
};

type Options = { leases: Leases; accounts: Pick<Accounts, 'settingsOf'> };

/** Reads how people are, from the leases of all processes and their own choices. */
export const createStates = ({ leases, accounts }: Options) => {
  const readChunk = async (userIds: readonly string[]): Promise<[string, State][]> => {
    const [members, settings] = await Promise.all([
      leases.members(userIds.map(leaseSet)),
      accounts.settingsOf(userIds),
    ]);
    return userIds.flatMap((userId, index): [string, State][] => {
      const own = settings.get(userId);
      if (!own) return [];
      const held = members[index] ?? [];
      const status = statusOf(held, own);
      return [[userId, { here: held.length > 0, status, audience: own.presence }]];
    });
  };
  return {
    /** Everybody who exists among these ids. */
    read: async (userIds: readonly string[]): Promise<Map<string, State>> => {
      const unique = [...new Set(userIds)];
      const found = new Map<string, State>();
      for (let from = 0; from < unique.length; from += CHUNK)
        for (const [id, state] of await readChunk(unique.slice(from, from + CHUNK)))
          found.set(id, state);
      return found;
    },
  };
};
export type States = ReturnType<typeof createStates>;

export const isSame = (a: State, b: State): boolean =>
  a.here === b.here && a.status === b.status && a.audience === b.audience;

/** Whether somebody may know how this person is. `viewerId` null: not signed in. */
export const maySee = (
  viewerId: string | null,
  userId: string,
  { audience }: State,
  closeness: Pick<Closeness, 'friend' | 'blocked'> | undefined,
): boolean => {
  if (viewerId === userId) return true;
  if (closeness?.blocked) return false;
  return audience === 'everyone' || (audience === 'friends' && closeness?.friend === true);
};
