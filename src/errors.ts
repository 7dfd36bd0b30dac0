import type { ErrorCode } from './wire/contract.ts';

type Details = {
  retryAfterMs?: number;
  errors?: { path: string; message: string }[];
  /** With `conflict`: the thing as it stands now. */
  current?: unknown;
};

/** A refusal that its receiver can act on. Everything else that is thrown is a defect. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: Details;
  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
  }
}

export const badRequest = (message: string, path?: string) =>
  new DomainError('bad_request', message, path ? { errors: [{ path, message }] } : {});
export const unauthorized = (message = 'Sign in first.') =>
  new DomainError('unauthorized', message);
export const forbidden = (message: string) => new DomainError('forbidden', message);
/** Also for what exists but may not be seen: the two must not be told apart. */
export const notFound = (what: string) => new DomainError('not_found', `No such ${what}.`);
/** For `catch`: null for what is not there, or may not be seen; any other failure stays one. */
export const nullIfNotFound = (error: unknown): null => {
  if (error instanceof DomainError && error.code === 'not_found') return null;
  throw error;
};
export const conflict = (message: string, current?: unknown) =>
  new DomainError('conflict', message, current === undefined ? {} : { current });
export const rateLimited = (retryAfterMs: number) =>
  new DomainError('rate_limited', 'Too many at once; wait a moment.', { retryAfterMs });
export const unavailable = (message: string, retryAfterMs = 1_000) =>
  new DomainError('unavailable', message, { retryAfterMs });
