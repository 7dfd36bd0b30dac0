import type { Accounts } from '../accounts/service.ts';
import type { Clock } from '../platform/clock.ts';
import type { Connection } from '../platform/connections.ts';
import { newId } from '../platform/ids.ts';
import type { Leases } from '../platform/leases.ts';
import { createTogether } from '../platform/together.ts';
import { type DeviceState, leaseMember, leaseSet } from './states.ts';
import type { PresenceStore, Seen } from './store.ts';

/** A lease outlives two missed renewals; what a killed process held ends by itself. */
export const LEASE_MS = 45_000;
/** Who leaves stays this long: a reload or a change of network is no departure. */
export const GRACE_MS = 10_000;
/** Everybody who is here at all, one member for each person and process. */
const EVERYBODY = 'presence:all';

type Device = { userId: string; member: string };
type Leaving = { userId: string; member: string; at: number };

type Options = {
  leases: Leases;
  store: PresenceStore;
  accounts: Pick<Accounts, 'settingsOf'>;
  clock: Clock;
  elapsed: () => number;
};

/** The devices connected to this process, and the leases that make them visible to all. */
export const createDevices = ({ leases, store, accounts, clock, elapsed }: Options) => {
  const self = newId();
  const devices = new Map<string, Device>();
  const perPerson = new Map<string, number>();
  const leaving: Leaving[] = [];
  const everybody = (userId: string) => [EVERYBODY, `${userId}:${self}`] as const;

  const count = (userId: string, change: 1 | -1): number => {
    const left = (perPerson.get(userId) ?? 0) + change;
    if (left > 0) perPerson.set(userId, left);
    else perPerson.delete(userId);
    return left;
  };
  /** Being invisible leaves no time behind. */
  const write = createTogether(async (seen: readonly Seen[]) => {
    const settings = await accounts.settingsOf(seen.map(({ userId }) => userId));
    const isShown = ({ userId }: Seen) =>
      (settings.get(userId)?.status ?? 'invisible') !== 'invisible';
    const shown = seen.filter(isShown);
    if (shown.length > 0) await store.saw(shown);
    return new Map<Seen, never>();
  });
  const remember = async (userIds: readonly string[]): Promise<void> => {
    const at = clock.iso();
    await write(userIds.map((userId) => ({ userId, at })));
  };

  return {
    has: ({ id }: Connection): boolean => devices.has(id),
    isHere: (userId: string): boolean => perPerson.has(userId),
    add: async ({ id }: Connection, userId: string): Promise<void> => {
      const device = { userId, member: leaseMember(id, 'online') };
      devices.set(id, device);
      count(userId, 1);
      await leases.renew([[leaseSet(userId), device.member], everybody(userId)], LEASE_MS);
    },
    /** Changes what a device says of itself; the new lease is there before the old one goes. */
    set: async ({ id }: Connection, state: DeviceState): Promise<void> => {
      const device = devices.get(id);
      const member = leaseMember(id, state);
      if (!device || device.member === member) return;
      const { member: before, userId } = device;
      device.member = member;
      await leases.renew([[leaseSet(userId), member]], LEASE_MS);
      await leases.release(leaseSet(userId), before);
    },
    /** The lease goes on for the time of grace, whatever happens to this process. */
    end: async ({ id }: Connection): Promise<void> => {
      const device = devices.get(id);
      if (!device) return;
      const { userId, member } = device;
      devices.delete(id);
      const isLast = count(userId, -1) === 0;
      leaving.push({ userId, member, at: elapsed() + GRACE_MS });
      const held: [string, string][] = [[leaseSet(userId), member]];
      if (isLast) held.push([...everybody(userId)]);
      await Promise.all([leases.renew(held, GRACE_MS), remember([userId])]);
    },
    /** Holds the leases of all devices here, in one go. */
    renew: async (): Promise<void> => {
      const held: (readonly [string, string])[] = [];
      for (const { userId, member } of devices.values()) held.push([leaseSet(userId), member]);
      for (const userId of perPerson.keys()) held.push(everybody(userId));
      if (held.length > 0) await leases.renew(held, LEASE_MS);
    },
    /** Ends the leases whose grace is over; gives the people who may be gone now. */
    endGraces: async (): Promise<string[]> => {
      const now = elapsed();
      const over = leaving.filter(({ at }) => at <= now);
      if (over.length === 0) return [];
      leaving.splice(0, leaving.length, ...leaving.filter(({ at }) => at > now));
      const ends = over.map(({ userId, member }) => leases.release(leaseSet(userId), member));
      const gone = new Set(over.map(({ userId }) => userId).filter((id) => !perPerson.has(id)));
      for (const userId of gone) ends.push(leases.release(...everybody(userId)));
      await Promise.all(ends);
      return [...new Set(over.map(({ userId }) => userId))];
    },
    /** Writes down that everybody here is here. */
    remember: async (): Promise<void> => {
      if (perPerson.size > 0) await remember([...perPerson.keys()]);
    },
    /** People with a device anywhere, each once. */
    everybody: async (): Promise<string[]> => {
      const [members] = await leases.members([EVERYBODY]);
      const ids = (members ?? []).map((member) => member.slice(0, member.lastIndexOf(':')));
      return [...new Set(ids)];
    },
  };
};
export type Devices = ReturnType<typeof createDevices>;
