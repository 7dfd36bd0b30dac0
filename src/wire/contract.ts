import { z } from 'zod';

/** An opaque id: 8 to 36 characters of the URL-safe base64 alphabet. */
export const Id = z.string().regex(/^[A-Za-z0-9_-]{8,36}$/, 'not an id');
/** Made once by the client for each thing it sends; makes a resend harmless. */
export const ClientId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,64}$/, '16 to 64 letters, digits, _ or -');
/** Stored lower-case; input in any case is folded. */
export const Username = z
  .string()
  .regex(/^[A-Za-z0-9_]{3,24}$/, '3 to 24 letters, digits or _')
  .toLowerCase();
/** ISO 8601, UTC, with milliseconds, so that text order is time order. */
export const Time = z.iso.datetime({ precision: 3 });
export const Seq = z.int().min(0);

/** Text of a message or an article: anything but NUL, which no store keeps. */
export const text = (min: number, max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\0'), 'contains NUL')
    .refine((value) => value.trim().length >= min, min === 1 ? 'is empty' : 'is too short');

const digits = (fallback: number, min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'not a whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .default(fallback);

/** `?limit=` of a list. Query text is the one place where a number is read from a string. */
export const limit = (fallback = 20, max = 100) => digits(fallback, 1, max);
export const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'not a whole number')
  .transform(Number);
export const pageQuery = { limit: limit(), cursor: z.string().max(200).optional() };
export const PageQuery = z.strictObject(pageQuery);
export type PageQuery = z.infer<typeof PageQuery>;

export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });
export type List<T> = { items: T[]; next: string | null };

export const Empty = z.strictObject({});

/** The codes of every refusal, on HTTP and on the socket alike. */
export const ErrorCode = z.enum([
  'bad_request',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'too_large',
  'unsupported',
  'rate_limited',
  'unavailable',
  'internal',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: ErrorCode,
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** With `conflict` on a stale version: the thing as it stands now. */
  current: z.unknown().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** One event a client may send: what it carries and what its ack brings back. */
export const ask = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({
  input,
  output,
});
export type Ask = { input: z.ZodType; output: z.ZodType };

export type AckError = { code: ErrorCode; message: string; retryAfterMs?: number };
export type Ack<T> = { ok: true; data: T } | { ok: false; error: AckError };
