import { hashOf } from '../../src/accounts/secret.ts';
import type { Account } from '../../src/accounts/store.ts';
import { loadConfig } from '../../src/config.ts';
import { openStores } from '../../src/open-stores.ts';
import { newId, newSecret } from '../../src/platform/ids.ts';
import type { Stores } from '../../src/stores.ts';

/** Rooms with their members, who may come in by their tokens. */
export type World = { epoch: string; rooms: { id: string; members: Person[] }[] };
export type Person = { id: string; token: string };

/** People who are added at the same time: a store answers late when all of them are. */
const AT_ONCE = 100;

/** Long enough ago that nobody has a newcomer's limits. */
const JOINED_AT = new Date(Date.now() - 100 * 86_400_000).toISOString();

const accountOf = (id: string, number: number): Account => {
  const username = `member_${number}`;
  const email = `${username}@example.org`;
  return {
    ...{ id, username, name: `Member ${number}`, bio: '', avatar: null, email },
    ...{ emailVerified: true, roles: [], settings: {}, joinedAt: JOINED_AT },
  };
};

/** Accounts that nobody can log in to with a password: hashing a thousand of them takes long. */
const addPerson = async ({ accounts }: Stores, number: number): Promise<Person> => {
  const id = newId();
  const token = newSecret();
  await accounts.createAccount(accountOf(id, number), 'no password');
  const pass = { id: newId(), userId: id, name: 'load', createdAt: JOINED_AT, lastUsedAt: null };
  await accounts.addToken(pass, hashOf(token), 1);
  return { id, token };
};

export const addRoom = async ({ rooms }: Stores, people: readonly Person[]): Promise<string> => {
  const id = newId();
  const createdBy = people[0]?.id ?? '';
  const own = { kind: 'group', title: 'Load', createdAt: JOINED_AT, directKey: null } as const;
  await rooms.createRoom(
    { id, ...own, createdBy, article: null },
    people.map(({ id: userId }, index) => ({
      ...{ roomId: id, userId, joinedAt: JOINED_AT, lastRead: 0, muted: false, hidden: false },
      role: index === 0 ? 'owner' : 'member',
    })),
  );
  return id;
};

/** Fills an empty store with people and rooms, before any server looks at it. */
export const makeWorld = async (
  env: Record<string, string>,
  { rooms, members }: { rooms: number; members: number },
  more: (stores: Stores, world: World) => Promise<void> = async () => {},
): Promise<World> => {
  const stores = await openStores(loadConfig(env));
  try {
    const everybody: Person[] = [];
    while (everybody.length < rooms * members) {
      const from = everybody.length;
      const count = Math.min(AT_ONCE, rooms * members - from);
      const some = Array.from({ length: count }, (_, index) => addPerson(stores, from + index));
      everybody.push(...(await Promise.all(some)));
    }
    const world: World = { epoch: stores.epoch, rooms: [] };
    for (let room = 0; room < rooms; room += 1) {
      const people = everybody.slice(room * members, (room + 1) * members);
      world.rooms.push({ id: await addRoom(stores, people), members: people });
    }
    await more(stores, world);
    return world;
  } finally {
    await stores.close();
  }
};
