import { createHash, randomBytes, randomFillSync } from 'node:crypto';

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

/** The id of what this person made under this id of their own: the same one again when sent again. */
const idOfOwn = (userId: string, clientId: string): string =>
  createHash('sha256').update(`${userId} ${clientId}`).digest().toString('base64url', 0, ID_BYTES);

/** The id of something that this person makes. */
export const idFor = (userId: string, { clientId }: { clientId?: string | undefined }): string =>
  clientId ? idOfOwn(userId, clientId) : newId();

/** 256 random bits as 43 URL-safe characters, for sessions and personal tokens. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
