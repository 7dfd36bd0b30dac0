import { availableParallelism } from 'node:os';
import argon2 from 'argon2';
import { newSecret } from '../platform/ids.ts';
import { createTurns } from './turns.ts';

/** OWASP Password Storage: argon2id with 19 MiB, two passes, one lane. */
const cost = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** A hash takes a core for some 30 ms: more at once only makes everybody wait. */
const AT_ONCE = availableParallelism();
const WAIT_MS = 2_000;

export type Passwords = {
  /** The PHC string of a password. Throws unavailable after 2 s without a free core. */
  hash(password: string): Promise<string>;
  /** The same work whether or not there is a hash to compare with: null is never right. */
  verify(hash: string | null, password: string): Promise<boolean>;
  /** Whether a hash was made with other parameters than today's. */
  isOutdated(hash: string): boolean;
};

export const createPasswords = (): Passwords => {
  const inTurn = createTurns(AT_ONCE, WAIT_MS);
  // Compared with when nobody has the login, so that the answer takes as long.
  const nobodys = argon2.hash(newSecret(), cost);
  return {
    hash: (password) => inTurn(() => argon2.hash(password.normalize('NFKC'), cost)),
    verify: async (hash, password) => {
      const compared = hash ?? (await nobodys);
      const fits = await inTurn(() => argon2.verify(compared, password.normalize('NFKC')));
      return fits && hash !== null;
    },
    isOutdated: (hash) => argon2.needsRehash(hash, cost),
  };
};
