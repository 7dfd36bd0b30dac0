export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Answer<T = unknown> = { status: number; body: T; text: string; headers: Headers };

const parsed = (text: string, type: string | null): unknown =>
  type?.includes('json') && text !== '' ? JSON.parse(text) : undefined;

/** One request as a page of the site itself would send it; `body` goes out as JSON. */
export const send = async <T = unknown>(
  url: string,
  method: Method,
  path: string,
  options: { body?: unknown; cookie?: string; headers?: Record<string, string> } = {},
): Promise<Answer<T>> => {
  const headers: Record<string, string> = { ...options.headers };
  if (options.cookie) headers.cookie ??= options.cookie;
  if (method !== 'GET') {
    headers.origin ??= url;
    headers['sec-fetch-site'] ??= 'same-origin';
  }
  if (options.body !== undefined) headers['content-type'] ??= 'application/json';
  const body = options.body === undefined ? null : JSON.stringify(options.body);
  const answer = await fetch(url + path, { method, headers, body, redirect: 'manual' });
  const text = await answer.text();
  return {
    status: answer.status,
    body: parsed(text, answer.headers.get('content-type')) as T,
    text,
    headers: answer.headers,
  };
};

/** The first cookie that an answer sets, ready to be sent back. */
export const cookieOf = (answer: Answer): string => {
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (!cookie) throw new Error(`no cookie in an answer ${answer.status}: ${answer.text}`);
  return cookie;
};
