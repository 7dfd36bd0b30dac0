import type { Fault } from '../config.ts';
import type { Bus } from '../platform/bus.ts';
import { newId } from '../platform/ids.ts';
import type { Shared } from '../platform/shared.ts';
import { type Appended, emptyHead, firstState, type NewEvent } from '../rooms/records.ts';
import type { RoomsStore } from '../rooms/store.ts';
import type { Stores } from '../stores.ts';

/**
 * Faults that a test plants by the environment variable FAULT. Two end the process at one exact
 * place, to show that the promises hold there; two break a promise, to show that the tests see it.
 */
type Append = RoomsStore['append'];
type Opened = { stores: Stores; shared: Shared };

/** A process that acks before it stores does store, so much later. */
const LATE_MS = 300;

const dieAt = (passes: number) => {
  let left = passes;
  return () => {
    left -= 1;
    if (left <= 0) process.kill(process.pid, 'SIGKILL');
  };
};

const dieAfter = (append: Append, passes: number): Append => {
  const pass = dieAt(passes);
  return async (roomId, events) => {
    const appended = await append(roomId, events);
    pass();
    return appended;
  };
};

const asNew = (event: NewEvent): NewEvent =>
  event.kind === 'message' ? { ...event, clientId: newId() } : event;

const withoutWaiting = ({ append, heads }: RoomsStore): Append => {
  const known = new Map<string, { seq: number; n: number }>();
  return async (roomId, events) => {
    let { seq, n } = known.get(roomId) ?? (await heads([roomId])).get(roomId) ?? emptyHead;
    const guessed = events.map((event): Appended => {
      seq += 1;
      if (event.kind !== 'message') return { state: 'stored', event: { ...event, seq, n } };
      n += 1;
      return { state: 'stored', event: firstState(event, seq, n) };
    });
    known.set(roomId, { seq, n });
    setTimeout(() => void append(roomId, events).catch(() => {}), LATE_MS);
    return guessed;
  };
};

const appendWith = ({ name, passes }: Fault, rooms: RoomsStore): Append => {
  switch (name) {
    case 'kill-before-publish':
      return dieAfter(rooms.append, passes);
    case 'no-wait':
      return withoutWaiting(rooms);
    case 'no-dedupe':
      return (roomId, events) => rooms.append(roomId, events.map(asNew));
    case 'kill-before-ack':
      return rooms.append;
  }
};

/** What is published was handed to this process's own connections before, and not yet acked. */
const dyingBus = (bus: Bus, passes: number): Bus => {
  const pass = dieAt(passes);
  const publish: Bus['publish'] = (channel, message) => {
    bus.publish(channel, message);
    if (channel.startsWith('room:')) pass();
  };
  return { ...bus, publish };
};

/** The same store and bus with one fault in them. */
export const plant = ({ name, passes }: Fault, { stores, shared }: Opened): Opened => {
  const append = appendWith({ name, passes }, stores.rooms);
  return {
    stores: { ...stores, rooms: { ...stores.rooms, append } },
    shared: name === 'kill-before-ack' ? { ...shared, bus: dyingBus(shared.bus, passes) } : shared,
  };
};
