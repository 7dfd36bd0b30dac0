import { randomBytes } from 'node:crypto';

/** 120 random bits as 20 URL-safe characters: no two processes need to agree. */
export const newId = (): string => randomBytes(15).toString('base64url');

/** 256 random bits as 43 URL-safe characters, for sessions and personal tokens. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
