import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../platform/actor.ts';

export type Credentials = { session?: string; token?: string };
/** Who these credentials belong to; null when nobody (or no longer). */
export type Authenticate = (credentials: Credentials) => Promise<Actor | null>;

export const cookieName = (secure: boolean) => (secure ? '__Host-sid' : 'sid');

const cookieValue = (header: string | undefined, name: string): string | undefined => {
  if (!header) return undefined;
  for (const part of header.split(';')) {
    const cut = part.indexOf('=');
    if (part.slice(0, cut).trim() === name) return part.slice(cut + 1).trim();
  }
  return undefined;
};

/** A personal token wins over a cookie: who sends one means it. */
export const credentialsOf = (headers: IncomingHttpHeaders, secure: boolean): Credentials => {
  const { authorization } = headers;
  const bearer = authorization && /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(authorization)?.[1];
  if (bearer) return { token: bearer };
  const session = cookieValue(headers.cookie, cookieName(secure));
  return session ? { session } : {};
};

/** Sets the session cookie; `days` is how long the browser keeps it. */
export const setSessionCookie = (
  reply: FastifyReply,
  secret: string,
  { secure, days }: { secure: boolean; days: number },
) =>
  reply.setCookie(cookieName(secure), secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: days * 86_400,
  });

export const clearSessionCookie = (reply: FastifyReply, secure: boolean) =>
  reply.clearCookie(cookieName(secure), { path: '/', httpOnly: true, sameSite: 'lax', secure });
