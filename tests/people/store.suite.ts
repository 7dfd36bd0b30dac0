import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PeopleStore } from '../../src/people/store.ts';
import * as ties from '../../src/people/tie.ts';
import { isoAfter } from '../../src/platform/clock.ts';
import { newId } from '../../src/platform/ids.ts';
import type { OpenStore } from './stores.ts';

const START = Date.UTC(2026, 0, 1);
const at = (minutes: number) => isoAfter(START, minutes * 60_000);

const request = (from: string, to: string, minutes = 0, slot = 0) =>
  ties.asked(
    ties.newTie(from, to),
    { id: newId(), from, to, at: at(minutes), about: null, slot: `${from}:${slot}` },
    at(minutes),
  );

/** What every people store must do. */
export const peopleStoreSuite = (open: () => Promise<OpenStore>) => {
  let opened: OpenStore;
  let store: PeopleStore;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  afterAll(() => opened?.close());

  const befriend = async (a: string, b: string, minutes: number) => {
    const tie = ties.befriended(request(a, b, minutes), at(minutes));
    expect(await store.save(tie)).toBe(true);
    return tie;
  };

  test('a tie comes back as it was saved, whoever asks', async () => {
    const [ana, ben] = [newId(), newId()];
    expect(await store.tie(ana, ben)).toBeNull();
    const tie = ties.asked(
      ties.newTie(ana, ben),
      { id: newId(), from: ana, to: ben, at: at(1), about: newId(), slot: `${ana}:3` },
      at(1),
    );
    await store.save(tie);
    const stored = { ...tie, rev: 1 };
    expect(await store.tie(ana, ben)).toEqual(stored);
    expect(await store.tie(ben, ana)).toEqual(stored);
    expect(await store.tieOfRequest(tie.request?.id ?? '')).toEqual(stored);
    expect(await store.tieOfRequest(newId())).toBeNull();
    const all = ties.declined(ties.unblocked(ties.blocked(stored, ana, at(2)), ana), at(3));
    expect(await store.save(all)).toBe(true);
    expect(await store.tie(ana, ben)).toEqual({ ...all, rev: 2 });
  });

  test('of two changes to the same state one is stored', async () => {
    const [ana, ben] = [newId(), newId()];
    const first = await Promise.all([
      store.save(request(ana, ben)),
      store.save(request(ben, ana)),
      store.save(request(ana, ben, 1, 1)),
    ]);
    expect(first.filter(Boolean)).toHaveLength(1);
    const tie = (await store.tie(ana, ben)) as ties.Tie;
    const second = await Promise.all([
      store.save(ties.befriended(tie, at(1))),
      store.save(ties.blocked(tie, ana, at(1))),
      store.save(ties.blocked(tie, ben, at(1))),
    ]);
    expect(second.filter(Boolean)).toHaveLength(1);
    expect((await store.tie(ana, ben))?.rev).toBe(2);
  });

  test('a slot holds one request, and is free again when it is left', async () => {
    const [ana, ben, cleo] = [newId(), newId(), newId()];
    await store.save(request(ana, ben));
    expect(await store.save(request(ana, cleo))).toBe(false);
    expect(await store.tie(ana, cleo)).toBeNull();
    const asked = (await store.tie(ana, ben)) as ties.Tie;
    await store.save(ties.befriended(asked, at(1)));
    expect(await store.save(request(ana, cleo))).toBe(true);
  });

  test('friends come newest first, page by page, without holes or doubles', async () => {
    const me = newId();
    const others = Array.from({ length: 7 }, () => newId());
    // Two became friends in the same millisecond.
    for (const [index, other] of others.entries())
      await befriend(index % 2 ? me : other, index % 2 ? other : me, Math.floor(index / 2));
    await store.save(request(me, newId(), 9, 7));
    const seen: string[] = [];
    let after: { at: string; id: string } | undefined;
    for (let page = 0; page < 4; page += 1) {
      const rows = await store.friends(me, 2, after);
      seen.push(...rows.map((tie) => ties.otherOf(tie, me)));
      const last = rows.at(-1);
      if (last) after = { at: last.since ?? '', id: last.request?.id ?? '' };
    }
    expect([...seen].sort()).toEqual([...others].sort());
    expect(seen[0]).toBe(others[6]);
    expect(await store.friends(me, 2, after)).toEqual([]);
  });

  test('unanswered requests: incoming without hidden ones, outgoing with them', async () => {
    const [me, ana, ben, cleo, dan] = [newId(), newId(), newId(), newId(), newId()];
    await store.save(request(ana, me, 1));
    await store.save(request(ben, me, 2));
    await store.save(ties.declined(request(cleo, me, 3), at(4)));
    await store.save(request(me, dan, 5));
    await befriend(me, newId(), 6);
    const from = (tie: ties.Tie) => tie.request?.from;
    expect((await store.incoming(me, 10)).map(from)).toEqual([ben, ana]);
    expect((await store.incoming(me, 1)).map(from)).toEqual([ben]);
    expect((await store.outgoing(me, 10)).map((tie) => tie.request?.to)).toEqual([dan]);
    expect((await store.outgoing(cleo, 10)).map(from)).toEqual([cleo]);
  });

  test('blocks are listed for who made them, and known to both sides', async () => {
    const [me, ana, ben, cleo] = [newId(), newId(), newId(), newId()];
    await store.save(ties.blocked(ties.newTie(me, ana), me, at(1)));
    await store.save(ties.blocked(ties.newTie(me, ben), me, at(2)));
    await store.save(ties.blocked(ties.newTie(me, cleo), cleo, at(3)));
    const others = (rows: ties.Tie[]) => rows.map((tie) => ties.otherOf(tie, me));
    expect(others(await store.blocks(me, 10))).toEqual([ben, ana]);
    expect(others(await store.blocks(me, 1))).toEqual([ben]);
    expect(others(await store.blocks(me, 1, { at: at(2), id: ben }))).toEqual([ana]);
    expect((await store.blockedWith(me, 10)).sort()).toEqual([ana, ben, cleo].sort());
    expect(await store.blockedWith(cleo, 10)).toEqual([me]);
    const tie = (await store.tie(me, ana)) as ties.Tie;
    await store.save(ties.unblocked(tie, me));
    expect(others(await store.blocks(me, 10))).toEqual([ben]);
    expect(await store.blockedWith(ana, 10)).toEqual([]);
  });

  test('ties with many, and friendships among people', async () => {
    const [me, ana, ben, cleo] = [newId(), newId(), newId(), newId()];
    await befriend(me, ana, 1);
    await befriend(ben, me, 2);
    await befriend(ana, ben, 3);
    await befriend(cleo, ana, 4);
    const found = await store.tiesWith(me, [ana, ben, cleo]);
    expect(found.map((tie) => ties.otherOf(tie, me)).sort()).toEqual([ana, ben].sort());
    const text = (pairs: (readonly string[])[]) => pairs.map((pair) => pair.join(' ')).sort();
    expect(text(await store.friendships([cleo, ben], 100))).toEqual(
      text([
        [ben, me],
        [ben, ana],
        [cleo, ana],
      ]),
    );
    expect(text(await store.friendships([cleo, ben], 100, [ana]))).toEqual(
      text([
        [ben, ana],
        [cleo, ana],
      ]),
    );
  });
};
