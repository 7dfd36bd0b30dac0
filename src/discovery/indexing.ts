import type { Logger } from '../log.ts';
import type { SearchKind } from './contract.ts';
import { createSoon } from './soon.ts';
import type { Doc, SearchStore } from './store.ts';

/** The database has messages to store beside it: few at once, as long as no more come in meanwhile. */
const BATCH = 64;
/** More at once cost less each: of a backlog a quarter, up to this. */
const BATCH_MAX = 256;
/** So many may wait, as in a storm of messages; whoever adds more waits until some of it is written. */
const WAITING_MAX = 4_096;

export type Indexing = {
  /**
   * Can be found soon; an earlier state never replaces a later one. The document is made when it is
   * written, with the others: making one at a time costs several times as much. Never rejects.
   */
  put(kind: SearchKind, id: string, make: () => Doc): Promise<void>;
  remove(kind: SearchKind, id: string): Promise<void>;
  /** Writes what still waits. */
  close(): Promise<void>;
};

type Change = { kind: SearchKind; id: string; make: (() => Doc) | null };
type Options = { store: Pick<SearchStore, 'put' | 'remove'>; log: Logger };

/** Brings changes into the index in the background, in their order, the latest of each thing. */
export const createIndexing = ({ store, log }: Options): Indexing => {
  /** By id: ids are different in all kinds. */
  const waiting = new Map<string, Change>();
  /** Resolves with whether it was stored. */
  let writing: Promise<boolean> | null = null;

  const write = async (): Promise<boolean> => {
    const size = Math.min(BATCH_MAX, Math.max(BATCH, waiting.size / 4));
    const batch = [...waiting.values()].slice(0, size);
    for (const change of batch) waiting.delete(change.id);
    try {
      await store.put(batch.flatMap(({ make }) => make?.() ?? []));
      for (const { kind, id, make } of batch) if (!make) await store.remove(kind, id);
      return true;
    } catch (error) {
      log.warn({ err: error }, 'the index could not be written; tried again in a moment');
      for (const change of batch) if (!waiting.has(change.id)) waiting.set(change.id, change);
      return false;
    }
  };
  const writeOnce = () => {
    writing ??= write().then((stored) => {
      writing = null;
      if (stored && waiting.size >= BATCH) void writeOnce();
      else if (waiting.size > 0) soon.ask();
      return stored;
    });
    return writing;
  };
  const soon = createSoon(() => void writeOnce());
  const add = async (change: Change) => {
    const isFull = () => waiting.size >= WAITING_MAX && !waiting.has(change.id);
    for (let stored = true; stored && isFull(); ) stored = await writeOnce();
    if (isFull())
      return log.error({ kind: change.kind, id: change.id }, 'not indexed: too much is waiting');
    waiting.set(change.id, change);
    if (waiting.size >= BATCH) void writeOnce();
    else soon.ask();
  };
  return {
    put: (kind, id, make) => add({ kind, id, make }),
    remove: (kind, id) => add({ kind, id, make: null }),
    close: async () => {
      // What is being written may have begun by itself.
      for (let stored = true; stored && (writing || waiting.size > 0); ) stored = await writeOnce();
      soon.close();
    },
  };
};
