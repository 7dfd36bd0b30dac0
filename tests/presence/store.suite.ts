import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import type { PresenceStore } from '../../src/presence/store.ts';
import type { OpenStore } from './stores.ts';

/** What every presence store must do. */
export const presenceStoreSuite = (open: () => Promise<OpenStore>) => {
  let opened: OpenStore;
  let store: PresenceStore;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  afterAll(() => opened?.close());

  test('the last time that people were seen is kept, and never moves back', async () => {
    const [ana, ben, cleo] = [newId(), newId(), newId()];
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
    await store.saw([ana, ben].map((userId) => ({ userId, at: at(2) })));
    await store.saw([{ userId: ana, at: at(1) }]);
    await store.saw([{ userId: ben, at: at(3) }]);
    expect(await store.lastSeen([ana, ben, cleo])).toEqual(
      new Map([
        [ana, at(2)],
        [ben, at(3)],
      ]),
    );
    expect(await store.lastSeen([])).toEqual(new Map());
  });

  test('many at once, from several processes', async () => {
    const crowd = Array.from({ length: 300 }, () => newId());
    const times = [3, 1, 2].map((n) => new Date(Date.UTC(2026, 0, n)).toISOString());
    await Promise.all(times.map((at) => store.saw(crowd.map((userId) => ({ userId, at })))));
    const seen = await store.lastSeen(crowd);
    expect(new Set(crowd.map((id) => seen.get(id)))).toEqual(new Set([times[0]]));
  });
};
