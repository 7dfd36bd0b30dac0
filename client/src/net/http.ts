import type { Problem } from '../../../src/wire/contract.ts';
import { ApiError, fromProblem, noAnswer } from './failure.ts';

export { ApiError } from './failure.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const TIMEOUT_MS = 20_000;

const retryAfter = (response: Response): number | undefined => {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
};

const readProblem = async (response: Response): Promise<ApiError> => {
  if (response.headers.get('content-type')?.includes('json')) {
    return fromProblem((await response.json()) as Problem, retryAfter(response));
  }
  return new ApiError({
    status: response.status,
    code: response.status >= 500 ? 'unavailable' : 'bad_request',
    detail: `The server answered ${response.status}.`,
    retryAfterMs: retryAfter(response),
  });
};

async function request<T>(
  method: Method,
  path: string,
  body?: unknown,
  { stop, keepalive = false }: { stop?: AbortSignal | undefined; keepalive?: boolean } = {},
): Promise<T> {
  let response: Response;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    response = await fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      credentials: 'same-origin',
      keepalive,
      signal: stop ? AbortSignal.any([timeout, stop]) : timeout,
    });
  } catch {
    throw noAnswer();
  }
  if (!response.ok) throw await readProblem(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** `stop` calls it off when nobody waits for the answer any more. */
export const get = <T>(path: string, stop?: AbortSignal): Promise<T> =>
  request<T>('GET', path, undefined, { stop });
export const post = <T>(path: string, body?: unknown): Promise<T> => request<T>('POST', path, body);
export const put = <T>(path: string, body?: unknown): Promise<T> => request<T>('PUT', path, body);
export const patch = <T>(path: string, body?: unknown): Promise<T> =>
  request<T>('PATCH', path, body);
export const del = <T>(path: string, body?: unknown): Promise<T> =>
  request<T>('DELETE', path, body);

/** A deletion that goes on when the page is left. */
export const delLasting = <T>(path: string): Promise<T> =>
  request<T>('DELETE', path, undefined, { keepalive: true });

/** `?a=1&b=2` of the given values; those undefined are left out. */
export const query = (values: Record<string, string | number | undefined | null>): string => {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined && value !== null) params.set(key, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : '';
};
