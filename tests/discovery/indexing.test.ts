import { expect, test } from 'vitest';
import { createIndexing } from '../../src/discovery/indexing.ts';
import type { Doc } from '../../src/discovery/store.ts';
import { createLog } from '../../src/log.ts';
import { describeOn } from '../support/backends.ts';

const docOf = (id: string, rev = 1): Doc => ({
  ...{ kind: 'messages', id, place: 'messages', authorId: 'ana-ana-ana', roomId: 'room-one-one' },
  ...{ at: '2026-01-01T00:00:00.000Z', rev, title: '', text: '', titleWords: [], words: [] },
});

describeOn([], 'the way into the index', () => {
  const open = () => {
    const writes: string[][] = [];
    let failing = false;
    let failed = 0;
    const index = createIndexing({
      log: createLog('silent'),
      store: {
        put: async (docs) => {
          if (failing) {
            failed += 1;
            throw new Error('away');
          }
          await new Promise(setImmediate);
          if (docs.length > 0) writes.push(docs.map(({ id, rev }) => `${id} ${rev}`));
        },
        remove: async (_kind, id) => void writes.push([`not ${id}`]),
      },
    });
    const put = (doc: Doc) => index.put(doc.kind, doc.id, () => doc);
    return { index, put, writes, failed: () => failed, fail: (on: boolean) => (failing = on) };
  };

  test('what comes together is one write, each thing as it was last', async () => {
    const { index, put, writes } = open();
    await Promise.all([put(docOf('a')), put(docOf('b')), put(docOf('a', 2))]);
    expect(writes).toEqual([]);
    await expect.poll(() => writes).toEqual([['a 2', 'b 1']]);
    await index.close();
  });

  test('what was deleted before it was written never comes back', async () => {
    const { index, put, writes } = open();
    await put(docOf('a'));
    await index.remove('messages', 'a');
    await index.close();
    expect(writes).toEqual([['not a']]);
  });

  test('closing writes what still waits, however much', async () => {
    const { index, put, writes } = open();
    await Promise.all(Array.from({ length: 1_000 }, (_, n) => put(docOf(`id-${n}`))));
    await index.close();
    expect(writes.flat()).toHaveLength(1_000);
    expect(Math.max(...writes.map(({ length }) => length))).toBeLessThanOrEqual(256);
  });

  test('closing waits for the last write, also when that has taken all that was left', async () => {
    const { index, put, writes } = open();
    await Promise.all(Array.from({ length: 128 }, (_, n) => put(docOf(`id-${n}`))));
    await index.close();
    expect(writes.map(({ length }) => length)).toEqual([64, 64]);
  });

  test('a storm of more than may wait loses nothing', async () => {
    const { index, put, writes } = open();
    await Promise.all(Array.from({ length: 6_000 }, (_, n) => put(docOf(`id-${n}`))));
    await index.close();
    expect(new Set(writes.flat()).size).toBe(6_000);
  });

  test('a store that is away for a moment loses nothing', async () => {
    const { index, put, writes, fail, failed } = open();
    fail(true);
    await put(docOf('a'));
    await expect.poll(failed).toBeGreaterThan(0);
    expect(writes).toEqual([]);
    fail(false);
    await put(docOf('b'));
    await expect.poll(() => writes.flat().toSorted()).toEqual(['a 1', 'b 1']);
    await index.close();
  });
});
