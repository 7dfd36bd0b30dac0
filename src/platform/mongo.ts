import mongoose, { type Connection } from 'mongoose';
import { unavailable } from '../errors.ts';
import { newId } from './ids.ts';
import { within } from './within.ts';

export type Mongo = {
  readonly epoch: string;
  /** Stores define their models on it. */
  readonly connection: Connection;
  /** Makes every index of the models defined so far, and the epoch; before the first request. */
  prepare(): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
};

mongoose.set('strictQuery', 'throw');
mongoose.set('sanitizeFilter', true);

type MongoError = { code?: number | string; name: string; message: string };
const isMongoError = (error: unknown): error is MongoError =>
  typeof error === 'object' && error !== null && 'name' in error;

/** A write that broke a unique index (E11000). */
export const isDuplicate = (error: unknown): boolean =>
  isMongoError(error) && error.code === 11_000;

/** A fault of the way to the database rather than of the request. */
export const isOutage = (error: unknown): boolean =>
  isMongoError(error) &&
  (/MongoNetwork|MongoServerSelection|MongooseServerSelection|MongoPool|MongoWriteConcern|MongoNotConnected|MongoTopologyClosed/.test(
    error.name,
  ) ||
    // A connection that breaks in the middle of a write is told as it is, by the operation's name.
    /\b(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT)\b/.test(error.message));

/**
 * Who asks hears within 3 s that the database is silent, also when a second call follows within 5 s,
 * before a client takes the line for dead. What becomes of the call is not known.
 */
const ANSWER_MS = 2_400;
const outOfReach = () => unavailable('The store is out of reach.');

/** Runs a database call and turns an outage into `unavailable`. */
export const guarded = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await within(ANSWER_MS, call(), outOfReach);
  } catch (error) {
    if (isOutage(error)) throw outOfReach();
    throw error;
  }
};

/** The same store with every method guarded. */
export const guardedStore = <S extends object>(store: S): S => {
  type Method = (...args: unknown[]) => Promise<unknown>;
  const methods = Object.entries(store as Record<string, Method>).map(([name, method]) => [
    name,
    (...args: unknown[]) => guarded(() => method(...args)),
  ]);
  return Object.fromEntries(methods) as S;
};

type Meta = { _id: string; value: string };

const epochOf = async (connection: Connection): Promise<string> => {
  const meta = connection.collection<Meta>('meta');
  const found = await meta.findOneAndUpdate(
    { _id: 'epoch' },
    { $setOnInsert: { value: newId() } },
    { upsert: true, returnDocument: 'after' },
  );
  if (!found) throw new Error('the epoch could not be made');
  return found.value;
};

/** Connects and waits until the database answers; writes are acknowledged by a majority, on disk. */
export const openMongo = async (url: string): Promise<Mongo> => {
  const connection = await mongoose
    .createConnection(url, {
      autoIndex: false,
      serverSelectionTimeoutMS: 3_000,
      socketTimeoutMS: 30_000,
      maxPoolSize: 20,
      writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10_000 },
    })
    .asPromise();
  let epoch = '';
  return {
    get epoch() {
      return epoch;
    },
    connection,
    prepare: async () => {
      for (const model of Object.values(connection.models)) await model.createIndexes();
      epoch = await epochOf(connection);
    },
    ping: async () => void (await connection.db?.admin().ping()),
    close: () => connection.close(),
  };
};
