import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterEvent, afterRead, mentions, needsRecount } from '../../client/src/rooms/summary.ts';
import type { Room, RoomEvent } from '../../src/rooms/contract.ts';
import { ANA, BEN, message, row } from './build.ts';

type Step = { kind: 'mine' | 'theirs' | 'naming' | 'edit' | 'reaction' | 'read' };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('mine', 'theirs', 'naming', 'edit', 'reaction', 'read'),
});
const AT = '2026-03-04T10:00:00.000Z';

/** What a server would count, from nothing but the history. */
const recount = (history: RoomEvent[], lastRead: number) => {
  const said = history.flatMap((event) => (event.kind === 'message' ? [event.message] : []));
  const unread = said.filter(({ n, sender }) => n > lastRead && sender?.id !== ANA.id);
  return {
    n: said.length,
    unread: unread.length,
    mentions: unread.filter(({ body }) => body.includes('@ana')).length,
    last: said.at(-1)?.id ?? null,
  };
};

const eventOf = (kind: Exclude<Step['kind'], 'read'>, seq: number, n: number): RoomEvent => {
  if (kind === 'edit') {
    return { kind, seq, at: AT, messageId: 'message-0', body: 'x', editedAt: AT };
  }
  if (kind === 'reaction') {
    return { kind, seq, at: AT, messageId: 'message-0', emoji: '👍', userId: BEN.id, on: true };
  }
  const sender = kind === 'mine' ? ANA : BEN;
  const body = kind === 'naming' ? 'look, @ana' : 'words';
  return { kind: 'message', seq, at: AT, message: message(n, { seq, sender, body }) };
};

describe('a row of the room list', () => {
  test('counts as the server would, after any events, each told once or twice', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, twice) => {
        const history: RoomEvent[] = [];
        let shown = row();
        let lastRead = 0;
        for (const { kind } of steps) {
          const n = recount(history, 0).n;
          if (kind === 'read') {
            lastRead = n;
            shown = afterRead(shown, n);
            continue;
          }
          const event = eventOf(kind, history.length + 1, n + 1);
          history.push(event);
          // Who writes has read what stands above.
          if (kind === 'mine') lastRead = n + 1;
          shown = afterEvent(shown, event, ANA);
          if (twice) shown = afterEvent(shown, event, ANA);
        }
        const { n, unread, mentions: named, last } = recount(history, lastRead);
        expect(shown).toMatchObject({ head: history.length, n, unread, mentions: named, lastRead });
        expect(shown.lastMessage?.id ?? null).toBe(last);
      }),
    );
  });

  test('a read position never goes back, and one short of the end keeps the count', () => {
    const room = row({ n: 9, lastRead: 4, unread: 5 });
    expect(afterRead(room, 2).lastRead).toBe(4);
    expect(afterRead(room, 6)).toMatchObject({ lastRead: 6, unread: 5 });
    expect(afterRead(room, 9)).toMatchObject({ lastRead: 9, unread: 0, mentions: 0 });
  });

  test('asks for the count when an unread message may have been deleted', () => {
    const gone: RoomEvent = { kind: 'delete', seq: 5, at: AT, messageId: 'message-4' };
    expect(needsRecount(row({ unread: 2 }), gone)).toBe(true);
    expect(needsRecount(row({ unread: 0 }), gone)).toBe(false);
  });

  test('shows the last message as it stands: edited, then deleted', () => {
    const room = row({ head: 4, n: 4, lastMessage: message(4) });
    const edit: RoomEvent = {
      kind: 'edit',
      seq: 5,
      at: AT,
      messageId: 'message-4',
      body: 'better',
      editedAt: AT,
    };
    const edited = afterEvent(room, edit, ANA);
    expect(edited.lastMessage?.body).toBe('better');
    const gone = afterEvent(
      edited,
      { kind: 'delete', seq: 6, at: AT, messageId: 'message-4' },
      ANA,
    );
    expect(gone.lastMessage).toMatchObject({ deleted: true, body: '' });
  });

  test('follows who comes and goes, and that I am out', () => {
    const cleo = { ...BEN, id: 'person-cleo', username: 'cleo' };
    const member = (seq: number, userId: string, change: 'joined' | 'removed'): RoomEvent => ({
      kind: 'member',
      seq,
      at: AT,
      userId,
      person: change === 'joined' ? cleo : null,
      change,
      by: null,
    });
    const joined: Room = afterEvent(row(), member(1, cleo.id, 'joined'), ANA);
    expect(joined.memberCount).toBe(3);
    expect(joined.members?.map(({ username }) => username)).toEqual(['ana', 'ben', 'cleo']);
    const out = afterEvent(joined, member(2, ANA.id, 'removed'), ANA);
    expect(out).toMatchObject({ memberCount: 2, role: null });
  });
});

describe('a mention', () => {
  test.each([
    ['hello @ana', true],
    ['@Ana, look', true],
    ['(@ana)', true],
    ['@anabel', false],
    ['mail me@ana', false],
    ['ana', false],
  ])('%s: %s', (body, expected) => expect(mentions(body, 'ana')).toBe(expected));
});
