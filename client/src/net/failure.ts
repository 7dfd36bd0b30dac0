import type { AckError, ErrorCode, Problem } from '../../../src/wire/contract.ts';

export type FieldError = { path: string; message: string };

/** A refusal or a failure of the net, the same for HTTP and socket. */
export class ApiError extends Error {
  /** The HTTP status; 0 when there was no answer. */
  status: number;
  code: ErrorCode;
  /** A sentence for people. */
  detail: string;
  errors: FieldError[];
  retryAfterMs: number | undefined;
  /** With a conflict: the thing as it stands now. */
  current: unknown;

  constructor(fields: Partial<Omit<ApiError, 'name' | 'message'>> & { code: ErrorCode }) {
    super(fields.detail ?? fields.code);
    this.name = 'ApiError';
    this.status = fields.status ?? 0;
    this.code = fields.code;
    this.detail = fields.detail ?? 'Something went wrong.';
    this.errors = fields.errors ?? [];
    this.retryAfterMs = fields.retryAfterMs;
    this.current = fields.current;
  }
}

export const fromProblem = (problem: Problem, retryAfterMs?: number): ApiError =>
  new ApiError({ ...problem, retryAfterMs });

export const fromAck = (error: AckError): ApiError =>
  new ApiError({ code: error.code, detail: error.message, retryAfterMs: error.retryAfterMs });

/** No answer arrived: the outcome is unknown, and asking again is the way to learn it. */
export const noAnswer = (): ApiError =>
  new ApiError({ code: 'unavailable', detail: 'The server does not answer. Are you offline?' });

/** Whether trying the same again can help. */
export const isPassing = (error: ApiError): boolean =>
  error.code === 'unavailable' || error.code === 'rate_limited' || error.code === 'internal';

export const toApiError = (error: unknown): ApiError => {
  if (error instanceof ApiError) return error;
  // A mistake in our own code looks like any other failure to the reader; let developers see it.
  if (!(error instanceof TypeError && error.message.includes('fetch'))) reportError(error);
  return new ApiError({ code: 'internal', detail: 'Something went wrong.' });
};
