import { startWorker } from '../../../src/platform/worker.ts';

export type Said = { room: string; at: string; body: string };
export type Keeper = {
  /** Calls back when the message is on the disk. */
  keep(said: Said, kept: () => void): void;
  close(): Promise<unknown>;
};

type Waiting = { row: string[]; kept: () => void };

/** A thread that inserts into one table; what comes while it waits for the disk goes together. */
const inSqlite = (file: string): Keeper => {
  const writer = startWorker(new URL('./keeper-writer.ts', import.meta.url), { workerData: file });
  let waiting: Waiting[] = [];
  let going: Waiting[] = [];
  const go = () => {
    if (going.length > 0 || waiting.length === 0) return;
    going = waiting;
    waiting = [];
    writer.postMessage(going.map(({ row }) => row));
  };
  writer.on('error', (error) => {
    throw error;
  });
  writer.on('message', () => {
    const stored = going;
    going = [];
    go();
    for (const { kept } of stored) kept();
  });
  return {
    keep: ({ room, at, body }, kept) => {
      waiting.push({ row: [room, at, body], kept });
      go();
    },
    close: () => writer.terminate(),
  };
};

const inMongo = async (url: string): Promise<Keeper> => {
  // Only here: those who keep nothing are to hold no driver either.
  const { default: mongoose } = await import('mongoose');
  const client = await mongoose.mongo.MongoClient.connect(url);
  const writeConcern = { w: 'majority', journal: true } as const;
  const messages = client.db().collection<Said>('messages', { writeConcern });
  const failed = (error: unknown) =>
    setImmediate(() => {
      throw error;
    });
  return {
    keep: (said, kept) => void messages.insertOne({ ...said }).then(kept, failed),
    close: () => client.close(),
  };
};

type Where = { STORE_FILE?: string | undefined; STORE_URL?: string | undefined };

/**
 * The least that stores: no numbers, no index, nobody asked who they are, a message that is sent
 * twice stored twice. In the file of STORE_FILE or the database of STORE_URL; without either nothing
 * is kept.
 */
export const openKeeper = async ({ STORE_FILE, STORE_URL }: Where): Promise<Keeper> => {
  if (STORE_FILE) return inSqlite(STORE_FILE);
  if (STORE_URL) return inMongo(STORE_URL);
  return { keep: (_said, kept) => kept(), close: async () => {} };
};
