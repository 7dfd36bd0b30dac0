import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import { beDevice, type Line, until } from '../client-rooms/device.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { describeOn } from '../support/backends.ts';
import { signUp, type TestPerson } from '../support/client.ts';

const loadClient = async () => ({
  ...(await import('../../client/src/undo/state.ts')),
  ...(await import('../../client/src/undo/kept.ts')),
});
const storage = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
};

describeOn(['sqlite'], 'deletions that can be taken back, in the client', () => {
  let app: TestApp;
  let line: Line;
  let ana: TestPerson;
  let ben: TestPerson;
  let client: Awaited<ReturnType<typeof loadClient>>;

  const write = async (who: TestPerson) =>
    (await who.post<Article>('/api/articles', { title: 'T', body: 'B', tags: [], publish: true }))
      .body;
  const status = async (id: string) => (await ben.get(`/api/articles/${id}`)).status;
  const remove = ({ id }: Article) =>
    client.removeSoon({ id, path: `/api/articles/${id}`, words: 'Deleted.' });
  const words = () => client.removals.value.map((one) => one.error ?? one.words);

  beforeAll(async () => {
    app = await startApp({ env: { RATE_SCALE: '1000' } });
    ana = await signUp(app.url, 'ana');
    ben = await signUp(app.url, 'ben');
    line = await beDevice(ana);
    vi.stubGlobal('localStorage', storage());
    client = await loadClient();
  });
  afterEach(() => void vi.useRealTimers());
  afterAll(async () => {
    vi.unstubAllGlobals();
    await line?.close();
    await app?.close();
  });

  test('it is hidden at once, and sent only after the time to undo', async () => {
    const article = await write(ana);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    remove(article);
    expect(client.isHidden(article.id)).toBe(true);
    expect(client.mayUndo(article.id)).toBe(true);
    expect(await status(article.id)).toBe(200);
    vi.advanceTimersByTime(client.UNDO_MS);
    vi.useRealTimers();
    expect(client.mayUndo(article.id)).toBe(false);
    await until(() => client.isHidden(article.id) && words().length === 0, 'the deletion');
    await vi.waitFor(async () => expect(await status(article.id)).toBe(404));
    expect(client.isHidden(article.id)).toBe(true);
  });

  test('taken back, it was never deleted; whoever stands at the button has time', async () => {
    const article = await write(ana);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    remove(article);
    client.hold(article.id);
    vi.advanceTimersByTime(client.UNDO_MS * 5);
    expect(client.mayUndo(article.id)).toBe(true);
    client.undoLast();
    vi.advanceTimersByTime(client.UNDO_MS * 5);
    vi.useRealTimers();
    expect(client.isHidden(article.id)).toBe(false);
    expect(client.readKept()).toEqual([]);
    expect(await status(article.id)).toBe(200);
  });

  test('a refusal is told, and brings it back', async () => {
    const article = await write(ben);
    remove(article);
    await client.flush();
    expect(client.isHidden(article.id)).toBe(false);
    expect(client.removals.value[0]?.stage).toBe('failed');
    expect(client.readKept()).toEqual([]);
    client.undo(article.id);
    expect(client.removals.value).toEqual([]);
  });

  test('what could not be sent is kept, and sent by the next visit', async () => {
    const article = await write(ana);
    const { fetch } = globalThis;
    globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'));
    remove(article);
    await client.flush();
    globalThis.fetch = fetch;
    expect(client.removals.value[0]?.error).toMatch(/does not answer/);
    const [kept] = client.readKept();
    if (!kept) throw new Error('nothing was kept');
    client.undo(article.id);
    // As after a long while, with a new page.
    client.keep({ ...kept, due: 0 });
    client.startRemovals();
    await vi.waitFor(async () => expect(await status(article.id)).toBe(404));
    await vi.waitFor(() => expect(client.readKept()).toEqual([]));
  });
});
