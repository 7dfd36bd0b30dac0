import { signal } from '@preact/signals';
import { viewer } from '../accounts/state.ts';
import { ask, connection, on } from '../net/socket.ts';

/** Who is typing where: room -> people, each with the moment they are forgotten. */
const typing = signal<ReadonlyMap<string, ReadonlyMap<string, number>>>(new Map());

const TELL_EVERY_MS = 4_000;
const FORGET_MS = 6_000;

export const typingIn = (roomId: string): string[] => [...(typing.value.get(roomId)?.keys() ?? [])];

let lastTold = { roomId: '', at: 0 };

/** I typed something; the room hears it at most every four seconds. */
export const tellTyping = (roomId: string): void => {
  const now = Date.now();
  if (connection.value !== 'online') return;
  if (lastTold.roomId === roomId && now - lastTold.at < TELL_EVERY_MS) return;
  lastTold = { roomId, at: now };
  ask('typing:start', { roomId }).catch(() => undefined);
};

/** I sent it, or took it back. */
export const tellStopped = (roomId: string): void => {
  if (lastTold.roomId !== roomId || Date.now() - lastTold.at > FORGET_MS) return;
  lastTold = { roomId: '', at: 0 };
  if (connection.value === 'online') ask('typing:stop', { roomId }).catch(() => undefined);
};

const set = (roomId: string, people: ReadonlyMap<string, number>): void => {
  const next = new Map(typing.value);
  if (people.size > 0) next.set(roomId, people);
  else next.delete(roomId);
  typing.value = next;
};

const forgetOld = (roomId: string): void => {
  const now = Date.now();
  const known = [...(typing.value.get(roomId) ?? [])];
  const left = known.filter(([, until]) => until > now);
  if (left.length < known.length) set(roomId, new Map(left));
};

on('typing', ({ roomId, userIds }) => {
  const others = userIds.filter((id) => id !== viewer.value?.id);
  const until = Date.now() + FORGET_MS;
  set(roomId, new Map(others.map((id) => [id, until])));
  setTimeout(() => forgetOld(roomId), FORGET_MS + 50);
});

/** Their message arrived: they are not typing it any more. */
on('room:events', ({ roomId, events }) => {
  const known = typing.value.get(roomId);
  if (!known) return;
  const senders = new Set(events.map((e) => (e.kind === 'message' ? e.message.sender?.id : '')));
  const left = [...known].filter(([id]) => !senders.has(id));
  if (left.length < known.size) set(roomId, new Map(left));
});
