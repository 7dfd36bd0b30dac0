import { describe, expect, test } from 'vitest';
import { type Row, rowsOf, type Waiting } from '../../client/src/rooms/timeline.ts';
import { ANA, BEN, message } from './build.ts';

const at = (time: string) => `2026-03-04T${time}.000Z`;
const kinds = (rows: Row[]) => rows.map((row) => row.kind);
const groups = (rows: Row[]) => rows.filter((row) => row.kind === 'group');
const waiting = (clientId: string, delivery: Waiting['delivery']): Waiting => ({
  delivery,
  message: message(1e9, { id: clientId, clientId, sender: ANA, at: at('10:59:00') }),
});

describe('the rows of a conversation', () => {
  test('gather what one person says in one go, and show the clock once a minute', () => {
    const rows = rowsOf(
      [
        message(1, { at: at('10:00:05') }),
        message(2, { at: at('10:00:50') }),
        message(3, { at: at('10:01:10') }),
      ],
      [],
      ANA.id,
      null,
    );
    expect(kinds(rows)).toEqual(['day', 'group']);
    expect(groups(rows)[0]?.lines.map((line) => line.showTime)).toEqual([true, false, true]);
  });

  test('begin a new group with another sender and after a pause', () => {
    const rows = rowsOf(
      [
        message(1, { at: at('10:00:00') }),
        message(2, { at: at('10:00:01'), sender: ANA }),
        message(3, { at: at('10:00:02') }),
        message(4, { at: at('10:05:02') }),
      ],
      [],
      ANA.id,
      null,
    );
    expect(groups(rows).map((group) => group.sender?.id)).toEqual([BEN.id, ANA.id, BEN.id, BEN.id]);
    expect(groups(rows).map((group) => group.mine)).toEqual([false, true, false, false]);
  });

  test('draw a line for each day and never join two days in a group', () => {
    const rows = rowsOf(
      [
        message(1, { at: '2026-03-04T12:00:00.000Z' }),
        message(2, { at: '2026-03-05T12:00:00.000Z' }),
        message(3, { at: '2026-03-05T12:00:30.000Z' }),
      ],
      [],
      ANA.id,
      null,
    );
    expect(kinds(rows)).toEqual(['day', 'group', 'day', 'group']);
  });

  test('draw the line of unread messages once, above the first of another person', () => {
    const messages = [
      message(1),
      message(2, { sender: ANA }),
      message(3, { sender: ANA }),
      message(4),
      message(5),
    ];
    const rows = rowsOf(messages, [], ANA.id, 1);
    const line = rows.findIndex((row) => row.kind === 'unread');
    const next = rows[line + 1];
    expect(kinds(rows).filter((kind) => kind === 'unread')).toHaveLength(1);
    expect(next?.kind === 'group' && next.lines[0]?.message.n).toBe(4);
    expect(kinds(rowsOf(messages, [], ANA.id, 5))).not.toContain('unread');
    expect(kinds(rowsOf(messages, [], ANA.id, null))).not.toContain('unread');
  });

  test('show my waiting messages last, with how far they have come', () => {
    const rows = rowsOf(
      [message(1)],
      [waiting('one-1234567890123', 'sending'), waiting('two-1234567890123', 'failed')],
      ANA.id,
      null,
    );
    expect(groups(rows)[1]?.lines.map((line) => line.delivery)).toEqual(['sending', 'failed']);
  });

  test('a message keeps its key from the moment it is written, and is never shown twice', () => {
    const mine = waiting('mine-123456789012', 'sent');
    const before = rowsOf([], [mine], ANA.id, null);
    const told = message(7, { clientId: 'mine-123456789012', sender: ANA });
    const both = rowsOf([told], [mine], ANA.id, null);
    expect(groups(both).flatMap((group) => group.lines)).toHaveLength(1);
    expect(groups(both)[0]?.lines[0]?.delivery).toBe('stored');
    expect(groups(both)[0]?.lines[0]?.key).toBe(groups(before)[0]?.lines[0]?.key);
  });
});
