import { lastWords, leave, takeBack } from './last-words.ts';

/** A few keys in IndexedDB, which survives a reload and a closed tab. */

const DATABASE = 'lyceum';
export type Shelf = 'outbox' | 'journal';
const SHELVES: Shelf[] = ['outbox', 'journal'];

let opened: Promise<IDBDatabase> | null = null;

const open = (): Promise<IDBDatabase> => {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      for (const shelf of SHELVES) request.result.createObjectStore(shelf);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
};

const run = async <T>(
  shelf: Shelf,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> => {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(shelf, mode);
    const request = work(transaction.objectStore(shelf));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
    // At once: of a page that goes away nobody would be there to let it end by itself.
    if (mode === 'readwrite') transaction.commit();
  });
};

/** Also when the page goes away this moment. */
export const keep = async (shelf: Shelf, key: string, value: unknown): Promise<void> => {
  const words = leave(shelf, key, value);
  await run(shelf, 'readwrite', (store) => store.put(value, key));
  takeBack(shelf, key, words);
};
export const forget = async (shelf: Shelf, key: string): Promise<void> => {
  takeBack(shelf, key);
  await run(shelf, 'readwrite', (store) => store.delete(key));
};
/** What cannot be taken over, as on a full disk, stays where it lies: the rest is read all the same. */
const takeOver = async (shelf: Shelf): Promise<void> => {
  for (const { key, value } of lastWords(shelf))
    await keep(shelf, key, value).catch(() => undefined);
};
export const find = async <T>(shelf: Shelf, key: string): Promise<T | undefined> => {
  await takeOver(shelf);
  return run<T | undefined>(shelf, 'readonly', (store) => store.get(key));
};
export const all = async <T>(shelf: Shelf): Promise<T[]> => {
  await takeOver(shelf);
  return run<T[]>(shelf, 'readonly', (store) => store.getAll());
};
