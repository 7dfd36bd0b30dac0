import { expect, test } from 'vitest';
import { unavailable } from '../../src/errors.ts';
import { type Appender, createAppender } from '../../src/rooms/append.ts';
import type { Appended, EventRecord, NewEvent } from '../../src/rooms/records.ts';
import { firstState } from '../../src/rooms/records.ts';
import { describeOn } from '../support/backends.ts';
import { aMessage } from './records.ts';

/** A store whose writes end when the test says so. */
const heldStore = () => {
  const groups: { roomId: string; events: readonly NewEvent[]; end: (error?: Error) => void }[] =
    [];
  let seq = 0;
  const store = (roomId: string, events: readonly NewEvent[]) =>
    new Promise<Appended[]>((resolve, reject) => {
      const outcome = (event: NewEvent): Appended => {
        seq += 1;
        if (event.kind !== 'message') return { state: 'refused' };
        return { state: 'stored', event: firstState(event, seq, seq) };
      };
      const end = (error?: Error) => (error ? reject(error) : resolve(events.map(outcome)));
      groups.push({ roomId, events, end });
    });
  return { groups, store };
};

const turn = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));
/** When what was asked for in this turn of the event loop has had its own. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const [one, two] = ['room-one-one', 'room-two-two'] as const;

describeOn([], 'the queue of a room', () => {
  const open = (elsewhere = Promise.resolve()) => {
    const held = heldStore();
    const told: { roomId: string; seqs: number[] }[] = [];
    const appender: Appender = createAppender({
      store: held.store,
      committed: async (roomId: string, events: EventRecord[]) => {
        told.push({ roomId, seqs: events.map(({ seq }) => seq) });
        return { told: elsewhere };
      },
    });
    const add = (roomId: string, count: number) =>
      Array.from({ length: count }, () => appender.append(aMessage(roomId, 'ana-ana-ana')));
    /** What is under way is stored, and what was gathered for it is under way. */
    const endAll = async () => {
      for (const group of held.groups) group.end();
      await turn();
      await nextTurn();
    };
    return { ...held, told, add, endAll };
  };

  test('stores at once when idle, and in groups of at most 64 when busy', async () => {
    const { groups, told, add } = open();
    const all = add(one, 100);
    expect(groups.map(({ events }) => events.length)).toEqual([1]);
    groups[0]?.end();
    await all[0];
    expect(told).toEqual([{ roomId: one, seqs: [1] }]);
    await turn(10);
    expect(groups.map(({ events }) => events.length)).toEqual([1, 64]);
    groups[1]?.end();
    await turn(10);
    expect(groups.map(({ events }) => events.length)).toEqual([1, 64, 35]);
    groups[2]?.end();
    const outcomes = await Promise.all(all);
    expect(outcomes.map((each) => ('event' in each ? each.event.seq : each.state))).toEqual(
      Array.from({ length: 100 }, (_, index) => index + 1),
    );
    expect(told.map(({ seqs }) => seqs.length)).toEqual([1, 64, 35]);
  });

  test('busy rooms go on together, with sixteen or after a moment, and a quiet one at once', async () => {
    const { groups, add, endAll } = open();
    const three = 'room-three-three';
    const sizes = () => groups.map(({ roomId, events }) => [roomId, events.length]);
    // So many that a slow machine still counts them as busy at the end; more would make all busy.
    for (const room of [one, two]) void add(room, 40);
    await endAll();
    await endAll();
    const before = groups.length;
    void add(one, 12);
    void add(two, 3);
    void add(three, 1);
    expect(sizes().slice(before)).toEqual([[three, 1]]);
    void add(two, 1);
    await nextTurn();
    expect(sizes().slice(before + 1)).toEqual([
      [one, 12],
      [two, 4],
    ]);
    await endAll();
    void add(one, 2);
    await expect.poll(() => sizes().at(-1)).toEqual([one, 2]);
  });

  test('what arrives in one turn of the event loop goes together, also beyond sixteen', async () => {
    const { groups, add, endAll } = open();
    for (const room of [one, two]) void add(room, 40);
    await endAll();
    await endAll();
    const before = groups.length;
    void add(one, 16);
    void add(two, 5);
    await nextTurn();
    expect(groups.slice(before).map(({ roomId, events }) => [roomId, events.length])).toEqual([
      [one, 16],
      [two, 5],
    ]);
  });

  test('where all rooms together are busy, quiet ones gather too', async () => {
    const { groups, add } = open();
    // So many that a slow machine still counts them as busy at the end.
    for (let room = 0; room < 140; room += 1) void add(`room-of-many-${room}`, 1);
    const before = groups.length;
    void add(one, 1);
    expect(groups).toHaveLength(before);
    await expect.poll(() => groups.at(-1)?.roomId).toBe(one);
  });

  test('an ack waits until others are told, the next events do not', async () => {
    let tell = () => {};
    const elsewhere = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const { groups, told, add } = open(elsewhere);
    const [first] = add(one, 2);
    let acked = false;
    void first?.then(() => {
      acked = true;
    });
    groups[0]?.end();
    await turn(10);
    expect([told.length, groups.length, acked]).toEqual([1, 2, false]);
    tell();
    expect((await first)?.state).toBe('stored');
  });

  test('a slow room holds up no other', async () => {
    const { groups, add } = open();
    const waiting = add(one, 3);
    const [other] = add(two, 1);
    groups.find(({ roomId }) => roomId === two)?.end();
    expect((await other)?.state).toBe('stored');
    expect([groups.length, waiting.length]).toEqual([2, 3]);
  });

  test('a store that fails is an answer for its group, and the next one is tried', async () => {
    const { groups, told, add } = open();
    const [first, second] = add(one, 2);
    const broken = new Error('broken');
    groups[0]?.end(broken);
    expect(await first).toEqual({ state: 'failed', error: broken });
    expect(told).toEqual([]);
    await turn(10);
    groups[1]?.end();
    expect((await second)?.state).toBe('stored');
  });

  test('who waits while the store is out of reach hears it with the others, unstored', async () => {
    const { groups, add } = open();
    const all = add(one, 70);
    groups[0]?.end(unavailable('The store is out of reach.'));
    const outcomes = await Promise.all(all);
    expect(new Set(outcomes.map(({ state }) => state))).toEqual(new Set(['failed']));
    expect(groups).toHaveLength(1);
    const [next] = add(one, 1);
    await expect.poll(() => groups.length).toBe(2);
    groups[1]?.end();
    expect((await next)?.state).toBe('stored');
  });

  test('more than a thousand waiting are refused', async () => {
    const { groups, add } = open();
    const all = add(one, 1_002);
    const last = await all.at(-1);
    expect(last).toMatchObject({ state: 'failed', error: { code: 'unavailable' } });
    expect(groups).toHaveLength(1);
  });
});
