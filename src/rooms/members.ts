import type { Person } from '../accounts/contract.ts';
import type { Accounts } from '../accounts/service.ts';
import { badRequest, forbidden, notFound } from '../errors.ts';
import type { People } from '../people/service.ts';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Hook } from '../platform/hook.ts';
import { idFor, newId } from '../platform/ids.ts';
import type { Live } from '../platform/live.ts';
import { type Access, directKeyOf } from './access.ts';
import type { Appender } from './append.ts';
import type { MemberRole, NewRoom, Room } from './contract.ts';
import type { Listing } from './listing.ts';
import type { MemberRecord, RoomRecord } from './records.ts';
import type { RoomsStore } from './store.ts';

export type Invitation = { room: RoomRecord; userId: string; by: string };

export type Members = {
  /** Errors: bad_request (nobody of that name), forbidden (somebody does not accept the actor). */
  create(actor: Actor, input: NewRoom): Promise<Room>;
  /**
   * The one room of two people, made when it is missing. Errors: not_found (also blocked),
   * forbidden (they do not accept messages of the actor), bad_request (oneself).
   */
  openDirect(actor: Actor, username: string): Promise<Room>;
  /** Joins, or invites somebody; again is harmless. Errors: not_found, forbidden, bad_request. */
  addMember(actor: Actor, roomId: string, username: string): Promise<Room>;
  /** Leaves, or removes somebody: they hear nothing more. Errors: not_found, forbidden. */
  removeMember(actor: Actor, roomId: string, username: string): Promise<void>;
  rename(actor: Actor, roomId: string, title: string): Promise<Room>;
  mute(actor: Actor, roomId: string, muted: boolean): Promise<Room>;
  /** Lets somebody's devices know that a room is theirs now. */
  tellAdded(room: RoomRecord, userId: string): Promise<void>;
};

type Options = {
  store: RoomsStore;
  access: Access;
  appender: Appender;
  listing: Listing;
  accounts: Pick<Accounts, 'byUsername' | 'byUsernames'>;
  people: Pick<People, 'isBlocked'>;
  live: Pick<Live, 'toUser'>;
  clock: Clock;
  invited: Hook<Invitation>;
  /** Lets the connections of a new member, on every process, hear of the room. */
  admit: (roomId: string, userId: string) => void;
};

export const createMembers = (options: Options): Members => {
  const { store, access, appender, listing, accounts, people, live, clock } = options;

  const seen = async (actor: Actor, room: RoomRecord): Promise<Room> => {
    const [described] = await listing.describe(actor.userId, [room], { named: true });
    return described as Room;
  };
  const tellAdded = async (room: RoomRecord, userId: string) => {
    options.admit(room.id, userId);
    const [described] = await listing.describe(userId, [room], { named: true });
    if (described) live.toUser(userId, 'room:added', { room: described });
  };
  const requireInvitable = async (actor: Actor, target: Person) => {
    if (await people.isBlocked(actor.userId, target.id))
      throw forbidden('This person is not accepting messages.');
    await access.requireAccepted(actor.userId, target.id);
  };
  const requireAll = async (usernames: readonly string[]): Promise<Person[]> => {
    const found = await accounts.byUsernames(usernames);
    const names = new Set(found.map(({ username }) => username));
    const missing = usernames.find((username) => !names.has(username));
    if (missing) throw badRequest(`Nobody is called ${missing}.`, 'members');
    return found;
  };
  const memberOf = (roomId: string, userId: string, role: MemberRole): MemberRecord => ({
    ...{ roomId, userId, role, joinedAt: clock.iso(), lastRead: 0, muted: false, hidden: false },
  });
  const newRoom = (room: Pick<RoomRecord, 'id' | 'kind' | 'title' | 'createdBy'>): RoomRecord => ({
    ...{ createdAt: clock.iso(), directKey: null, article: null },
    ...room,
  });
  /** Their room, when it has both of them: a half made one is made again. */
  const findDirect = async (userId: string, otherId: string) => {
    const room = await store.directRoom(directKeyOf(userId, otherId));
    if (!room) return null;
    const both = await store.membersAmong(room.id, [userId, otherId]);
    return both.length === 2 ? room : null;
  };
  const makeDirect = (userId: string, otherId: string) => {
    const directKey = directKeyOf(userId, otherId);
    const made = newRoom({ id: newId(), kind: 'direct', title: '', createdBy: userId });
    const room = { ...made, directKey };
    // The other one sees it with the first message, not with a click.
    return store.createRoom(room, [
      memberOf(room.id, userId, 'member'),
      { ...memberOf(room.id, otherId, 'member'), hidden: true },
    ]);
  };
  const change = async (
    roomId: string,
    { by, userId, to }: { by: string; userId: string; to: 'joined' | 'left' | 'removed' },
  ): Promise<boolean> => {
    const base = { kind: 'member', id: newId(), roomId, at: clock.iso(), senderId: by } as const;
    const appended = await appender.append({ ...base, userId, change: to });
    if (appended.state === 'failed') throw appended.error;
    return appended.state === 'stored';
  };
  const requireShared = ({ kind }: RoomRecord, what: string) => {
    if (kind === 'direct') throw badRequest(`A direct chat is for two: ${what}.`);
  };

  return {
    tellAdded,
    create: async (actor, input) => {
      const { kind, title } = input;
      const { userId } = actor;
      const others = (await requireAll(input.members ?? [])).filter(({ id }) => id !== userId);
      for (const other of others) await requireInvitable(actor, other);
      const id = idFor(userId, input);
      const members = [userId, ...others.map((other) => other.id)];
      const room = await store.createRoom(
        newRoom({ id, kind, title: title.trim(), createdBy: userId }),
        members.map((member) => memberOf(id, member, member === userId ? 'owner' : 'member')),
      );
      // Who sends it again was never answered: the others may not have been told.
      const inside = (await store.membersAmong(id, members)).map((member) => member.userId);
      await Promise.all(inside.map((member) => tellAdded(room, member)));
      for (const member of inside)
        if (member !== userId) await options.invited.emit({ room, userId: member, by: userId });
      return seen(actor, room);
    },
    openDirect: async (actor, username) => {
      const other = await accounts.byUsername(username);
      if (other.id === actor.userId) throw badRequest('A direct chat is with somebody else.');
      if (await people.isBlocked(actor.userId, other.id)) throw notFound('person');
      const known = await findDirect(actor.userId, other.id);
      if (!known) await access.requireAccepted(actor.userId, other.id);
      const room = known ?? (await makeDirect(actor.userId, other.id));
      const mine = await store.member(room.id, actor.userId);
      if (mine?.hidden) await store.setMember(room.id, actor.userId, { hidden: false });
      if (!known || mine?.hidden) await tellAdded(room, actor.userId);
      if (!known) options.admit(room.id, other.id);
      return seen(actor, room);
    },
    addMember: async (actor, roomId, username) => {
      const { room, member } = await access.requireReadable(actor, roomId);
      const itself = username === actor.username;
      const target = itself ? { id: actor.userId } : await accounts.byUsername(username);
      if (!itself) {
        requireShared(room, 'make a group');
        if (room.kind === 'article') throw forbidden('Everybody may respond to an article.');
        if (!member) throw forbidden('Join the room first.');
        await requireInvitable(actor, target as Person);
      }
      const userId = target.id;
      if (await change(roomId, { by: actor.userId, userId, to: 'joined' })) {
        await tellAdded(room, userId);
        if (!itself) await options.invited.emit({ room, userId, by: actor.userId });
      }
      return seen(actor, room);
    },
    removeMember: async (actor, roomId, username) => {
      const { room } = await access.requireReadable(actor, roomId);
      requireShared(room, 'mute it instead');
      const itself = username === actor.username;
      const userId = itself ? actor.userId : (await accounts.byUsername(username)).id;
      if (!itself) {
        await access.requireModeration(actor, roomId);
        const target = await store.member(roomId, userId);
        if (target?.role === 'owner') throw forbidden('The owner cannot be removed.');
      }
      const to = itself ? 'left' : 'removed';
      if (await change(roomId, { by: actor.userId, userId, to }))
        live.toUser(userId, 'room:removed', { roomId, reason: to });
    },
    rename: async (actor, roomId, title) => {
      const { room } = await access.requireModeration(actor, roomId);
      if (room.kind !== 'group' && room.kind !== 'public')
        throw badRequest('This room has no title of its own.');
      const base = { kind: 'room', id: newId(), roomId, at: clock.iso() } as const;
      const appended = await appender.append({
        ...base,
        senderId: actor.userId,
        title: title.trim(),
      });
      if (appended.state === 'failed') throw appended.error;
      return seen(actor, { ...room, title: title.trim() });
    },
    mute: async (actor, roomId, muted) => {
      const { room, member } = await access.requireReadable(actor, roomId);
      if (!member) throw forbidden('Join the room first.');
      await store.setMember(roomId, actor.userId, { muted });
      return seen(actor, room);
    },
  };
};
