import { createHash, randomBytes, randomFillSync } from 'node:crypto';

/** In the order of their ASCII codes: ids sort as the times that they begin with. */
const DIGITS = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
/** Milliseconds since 1970 need 42 bits until 2109. */
const TIME_CHARS = 7;
const RANDOM_CHARS = 13;
const OWN_BYTES = 15;

/** One id, in the making: as bytes it becomes one flat string, which takes half the memory of a joined one. */
const chars = Buffer.alloc(TIME_CHARS + RANDOM_CHARS);
const codes = Buffer.from(DIGITS);
let last = Number.NaN;
const writeTime = (ms: number) => {
  let rest = ms;
  for (let at = TIME_CHARS - 1; at >= 0; at -= 1) {
    chars[at] = codes[rest % DIGITS.length] as number;
    rest = Math.floor(rest / DIGITS.length);
  }
  last = ms;
};
/** Random bytes for many ids are drawn at once: each draw is a call of its own into OpenSSL. */
const drawn = Buffer.alloc(RANDOM_CHARS * 256);
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
  const ms = Date.now();
  if (ms !== last) writeTime(ms);
  for (let at = 0; at < RANDOM_CHARS; at += 1)
    chars[TIME_CHARS + at] = codes[(drawn[used + at] as number) % DIGITS.length] as number;
  used += RANDOM_CHARS;
  return chars.toString('latin1');
};

/** The id of what this person made under this id of their own: the same one again when sent again. */
const idOfOwn = (userId: string, clientId: string): string =>
  createHash('sha256').update(`${userId} ${clientId}`).digest().toString('base64url', 0, OWN_BYTES);

/** The id of something that this person makes. */
export const idFor = (userId: string, { clientId }: { clientId?: string | undefined }): string =>
  clientId ? idOfOwn(userId, clientId) : newId();

/** 256 random bits as 43 URL-safe characters, for sessions and personal tokens. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
