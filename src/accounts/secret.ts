import { createHash } from 'node:crypto';

/** What is stored instead of a secret. Fast on purpose: the secrets are 256 random bits. */
export const hashOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');
