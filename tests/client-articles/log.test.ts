import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addEvents,
  addPage,
  hasHole,
  keepNear,
  noteHead,
  startLog,
} from '../../client/src/rooms/log.ts';
import type { RoomEvent } from '../../src/rooms/contract.ts';
import { event, message, ROOM, said } from './build.ts';

const fresh = (head: number, messages = [] as ReturnType<typeof message>[]) =>
  startLog({ roomId: ROOM, epoch: 'e1', head, messages });

const HISTORY: RoomEvent[] = [
  said(1),
  said(2, { replyTo: 'message-1' }),
  event(3, { kind: 'reaction', messageId: 'message-1', emoji: '👍', userId: 'ben', on: true }),
  event(4, {
    kind: 'edit',
    messageId: 'message-2',
    body: 'other words',
    html: '<p>other words</p>',
    editedAt: '2026-01-02T04:00:00.000Z',
  }),
  event(5, { kind: 'member', userId: 'ben', person: null, change: 'joined', by: null }),
  said(6),
  event(7, { kind: 'delete', messageId: 'message-1' }),
  event(8, { kind: 'reaction', messageId: 'message-6', emoji: '👍', userId: 'ben', on: true }),
  event(9, { kind: 'reaction', messageId: 'message-6', emoji: '👍', userId: 'ben', on: false }),
];

describe('the log of a room', () => {
  test('comes to the same state whatever the order and however often events arrive', () => {
    const inOrder = addEvents(fresh(0), HISTORY);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...HISTORY, ...HISTORY], { minLength: HISTORY.length * 2 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 18, maxLength: 18 }),
        (shuffled, sizes) => {
          let log = fresh(0);
          for (let at = 0, i = 0; at < shuffled.length; i++) {
            const size = sizes[i] ?? 1;
            log = addEvents(log, shuffled.slice(at, at + size));
            at += size;
          }
          expect(log).toEqual(inOrder);
        },
      ),
    );
  });

  test('state + event = fresh state, at every cut', () => {
    const whole = addEvents(fresh(0), HISTORY);
    for (let cut = 0; cut <= HISTORY.length; cut++) {
      const page = addEvents(fresh(0), HISTORY.slice(0, cut));
      const continued = addEvents(fresh(cut, page.messages), HISTORY.slice(cut));
      expect(continued).toEqual(whole);
    }
  });

  test('shows nothing beyond a hole, says so, and goes on when it is filled', () => {
    const holed = addEvents(fresh(0), [said(1), said(3)]);
    expect(holed.messages.map((m) => m.n)).toEqual([1]);
    expect(hasHole(holed)).toBe(true);
    const filled = addEvents(holed, [said(2)]);
    expect(filled.messages.map((m) => m.n)).toEqual([1, 2, 3]);
    expect(hasHole(filled)).toBe(false);
    expect(filled.held).toEqual([]);
  });

  test('a head that was only heard of is a hole', () => {
    const log = noteHead(fresh(4), 6);
    expect(hasHole(log)).toBe(true);
    expect(hasHole(noteHead(fresh(4), 4))).toBe(false);
  });

  test('a deleted message keeps its place without words, html and reactions', () => {
    const log = addEvents(fresh(0), HISTORY);
    expect(log.messages[0]).toMatchObject({ id: 'message-1', n: 1, body: '', deleted: true });
    expect(log.messages[0]?.html).toBeUndefined();
    expect(log.messages[0]?.reactions).toEqual({});
  });

  test('the last reaction taken back leaves no empty entry', () => {
    const log = addEvents(fresh(0), HISTORY);
    expect(log.messages.at(-1)?.reactions).toEqual({});
  });

  test('an older page goes before, without doubling what is known', () => {
    const log = addPage(fresh(5, [message(3), message(4)]), [message(1), message(2), message(3)]);
    expect(log.messages.map((m) => m.n)).toEqual([1, 2, 3, 4]);
  });

  test('lets go of what is far from the newest and from where one reads', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => message(index + 1));
    const { messages } = keepNear(fresh(20_000, many), 6_000, 6_100);
    const ns = new Set(messages.map(({ n }) => n));
    expect(ns.size).toBeLessThan(15_000);
    for (const kept of [2_500, 6_050, 10_000, 16_500, 20_000]) expect(ns.has(kept)).toBe(true);
    for (const gone of [1, 1_900, 10_200, 15_900]) expect(ns.has(gone)).toBe(false);
  });

  test('leaves the earlier state as it was', () => {
    const before = fresh(2, [message(1), message(2)]);
    const copy = structuredClone(before);
    addEvents(before, [event(3, { kind: 'delete', messageId: 'message-1' }), said(4)]);
    expect(before).toEqual(copy);
  });

  test('answers the same value when nothing was new', () => {
    const log = addEvents(fresh(0), [said(1)]);
    expect(addEvents(log, [said(1)])).toBe(log);
  });
});
