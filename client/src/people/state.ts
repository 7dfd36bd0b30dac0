import { batch, computed, signal } from '@preact/signals';
import type { Person } from '../../../src/accounts/contract.ts';
import type { FriendRequest, FriendRequests, Relation } from '../../../src/people/contract.ts';
import type { List } from '../../../src/wire/contract.ts';
import { onViewerChange, viewer } from '../accounts/state.ts';
import { createFresh } from '../net/fresh.ts';
import { del, get, post, put, query } from '../net/http.ts';
import { on, onReady } from '../net/socket.ts';

/** null: not asked yet. */
export const friends = signal<Person[] | null>(null);
export const requests = signal<FriendRequests>({ incoming: [], outgoing: [] });
export const blocked = signal<Person[] | null>(null);
export const incomingCount = computed(() => requests.value.incoming.length);

/** Friend lists are read a page at a time, up to this many pages of 100. */
const PAGES_MAX = 20;

/** How I stand with each person, from the two lists above; null while they are not here yet. */
const relations = computed(() => {
  if (!friends.value) return null;
  const known = new Map<string, { relation: Relation; requestId?: string }>();
  for (const friend of friends.value) known.set(friend.id, { relation: 'friend' });
  for (const { id, to } of requests.value.outgoing) {
    known.set(to.id, { relation: 'requested', requestId: id });
  }
  for (const { id, from } of requests.value.incoming) {
    known.set(from.id, { relation: 'requests_you', requestId: id });
  }
  return known;
});

export const relationTo = (
  personId: string,
): { relation: Relation; requestId?: string } | undefined => {
  if (personId === viewer.value?.id) return { relation: 'self' };
  if (!relations.value) return undefined;
  return relations.value.get(personId) ?? { relation: 'none' };
};

/** Undefined while the list of those I blocked is not here yet. */
export const isBlocked = (personId: string): boolean | undefined =>
  blocked.value?.some(({ id }) => id === personId);

const fresh = createFresh();
let loading: Promise<void> | null = null;

/** Reads friends and requests once per connection; events keep them fresh afterwards. */
export const loadRelations = (): Promise<void> => {
  loading ??= readRelations().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
};

async function readRelations(): Promise<void> {
  const [everyone, pending] = await fresh.load(() =>
    Promise.all([readAll('/api/friends'), get<FriendRequests>('/api/friend-requests')]),
  );
  batch(() => {
    friends.value = everyone;
    requests.value = pending;
  });
}

async function readAll(path: string): Promise<Person[]> {
  const found: Person[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const list: List<Person> = await get(`${path}${query({ limit: 100, cursor })}`);
    found.push(...list.items);
    cursor = list.next;
    if (!cursor) break;
  }
  return found;
}

export const requestFriend = async (person: Person, aboutMessageId?: string): Promise<void> => {
  const about = aboutMessageId ? { messageId: aboutMessageId } : undefined;
  const made = await post<FriendRequest>('/api/friend-requests', { to: person.username, about });
  if (made.state === 'accepted') befriended(person);
  else requested(made);
};

export const acceptRequest = async (request: { id: string; from: Person }): Promise<void> => {
  await post(`/api/friend-requests/${request.id}/acceptance`);
  befriended(request.from);
};

/** Declines an incoming request or withdraws my own; the other is not told. */
export const dropRequest = async (requestId: string): Promise<void> => {
  await del(`/api/friend-requests/${requestId}`);
  const { incoming, outgoing } = requests.value;
  const others = ({ id }: FriendRequest) => id !== requestId;
  requests.value = { incoming: incoming.filter(others), outgoing: outgoing.filter(others) };
};

export const removeFriend = async (person: Person): Promise<void> => {
  await del(`/api/friends/${person.username}`);
  parted(person.id);
};

let loadingBlocks: Promise<void> | null = null;

/** Reads once per connection whom I blocked. */
export const loadBlocks = (): Promise<void> => {
  loadingBlocks ??= readBlocks().catch((error: unknown) => {
    loadingBlocks = null;
    throw error;
  });
  return loadingBlocks;
};

async function readBlocks(): Promise<void> {
  const me = viewer.peek()?.id;
  const everyone = await readAll('/api/blocks');
  if (viewer.peek()?.id === me) blocked.value = everyone;
}

export const block = async (person: Person): Promise<void> => {
  await put(`/api/blocks/${person.username}`);
  parted(person.id);
  if (!blocked.value) return;
  blocked.value = [person, ...blocked.value.filter(({ id }) => id !== person.id)];
};

export const unblock = async (person: Person): Promise<void> => {
  await del(`/api/blocks/${person.username}`);
  if (blocked.value) blocked.value = blocked.value.filter(({ id }) => id !== person.id);
};

function requested(request: FriendRequest): void {
  fresh.note();
  const side = request.from.id === viewer.value?.id ? 'outgoing' : 'incoming';
  const others = requests.value[side].filter(({ id }) => id !== request.id);
  requests.value = { ...requests.value, [side]: [request, ...others] };
}

function befriended(person: Person): void {
  fresh.note();
  batch(() => {
    forgetRequests(person.id);
    const others = (friends.value ?? []).filter(({ id }) => id !== person.id);
    friends.value = [...others, person].sort((a, b) => a.name.localeCompare(b.name));
  });
}

function parted(personId: string): void {
  fresh.note();
  batch(() => {
    forgetRequests(personId);
    if (friends.value) friends.value = friends.value.filter(({ id }) => id !== personId);
  });
}

function forgetRequests(personId: string): void {
  const { incoming, outgoing } = requests.value;
  requests.value = {
    incoming: incoming.filter(({ from }) => from.id !== personId),
    outgoing: outgoing.filter(({ to }) => to.id !== personId),
  };
}

on('friend:requested', ({ request }) => requested(request));
on('friend:accepted', ({ person }) => befriended(person));
on('friend:removed', ({ userId }) => parted(userId));
// What happened while the connection was down was not told: read again.
onReady(() => {
  if (loadingBlocks) {
    loadingBlocks = null;
    loadBlocks().catch(() => undefined);
  }
  if (!loading) return;
  loading = null;
  loadRelations().catch(() => undefined);
});
onViewerChange(() => {
  loading = null;
  loadingBlocks = null;
  batch(() => {
    friends.value = null;
    blocked.value = null;
    requests.value = { incoming: [], outgoing: [] };
  });
});
