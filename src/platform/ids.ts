import { createHash, randomBytes, randomFillSync } from 'node:crypto';

/** In the order of their ASCII codes: ids sort as the times that they begin with. */
const DIGITS = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
/** Milliseconds since 1970 need 42 bits until 2109. */
const TIME_CHARS = 7;
/** 10 bytes are 13 characters and a half. */
const RANDOM_BYTES = 10;
const RANDOM_CHARS = 13;
const OWN_BYTES = 15;

const timeChars = (ms: number): string => {
  let chars = '';
  for (let rest = ms; chars.length < TIME_CHARS; rest = Math.floor(rest / DIGITS.length))
    chars = DIGITS[rest % DIGITS.length] + chars;
  return chars;
};

let last = { ms: 0, chars: timeChars(0) };
/** Random bytes for many ids are drawn at once: each draw is a call of its own into OpenSSL. */
const drawn = Buffer.alloc(RANDOM_BYTES * 256);
let used = drawn.length;

/**
 * The time and 78 random bits as 20 URL-safe characters: no two processes need to agree. What is made
 * in a row stands side by side in an index, so that a growing table is written at its end only.
 */
export const newId = (): string => {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += RANDOM_BYTES;
  const ms = Date.now();
  if (ms !== last.ms) last = { ms, chars: timeChars(ms) };
  return last.chars + drawn.toString('base64url', used - RANDOM_BYTES, used).slice(0, RANDOM_CHARS);
};

/** The id of what this person made under this id of their own: the same one again when sent again. */
const idOfOwn = (userId: string, clientId: string): string =>
  createHash('sha256').update(`${userId} ${clientId}`).digest().toString('base64url', 0, OWN_BYTES);

/** The id of something that this person makes. */
export const idFor = (userId: string, { clientId }: { clientId?: string | undefined }): string =>
  clientId ? idOfOwn(userId, clientId) : newId();

/** 256 random bits as 43 URL-safe characters, for sessions and personal tokens. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
