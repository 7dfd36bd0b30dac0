import { randomBytes, randomFillSync } from 'node:crypto';

const ID_BYTES = 15;
/** Random bytes for many ids are drawn at once: each draw is a call of its own into OpenSSL. */
const drawn = Buffer.alloc(ID_BYTES * 256);
let used = drawn.length;

/** 120 random bits as 20 URL-safe characters: no two processes need to agree. */
export const newId = (): string => {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += ID_BYTES;
  return drawn.toString('base64url', used - ID_BYTES, used);
};

/** 256 random bits as 43 URL-safe characters, for sessions and personal tokens. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
