import { type ReadonlySignal, signal } from '@preact/signals';
import type { Me, MeChange, Session, Token } from '../../../src/accounts/contract.ts';
import { del, get, patch, post } from '../net/http.ts';
import { type Outcome, outcome } from '../net/outcome.ts';
import { forgetPages } from '../pages/state.ts';
import { viewer } from './state.ts';

export const changeMe = (change: MeChange): Outcome =>
  outcome(async () => {
    viewer.value = await patch<Me>('/api/me', change);
    forgetPages();
  });

export const claimAdmin = (token: string): Outcome =>
  outcome(async () => {
    viewer.value = await post<Me>('/api/me/administration', { token: token.trim() });
  });

const itemsOf = async <T>(path: string): Promise<T[]> => {
  const answer = await get<T[] | { items: T[] }>(path);
  return Array.isArray(answer) ? answer : answer.items;
};

/** Where I am logged in. */
export function createSessions() {
  const sessions = signal<Session[] | null>(null);
  const failure = signal<string | null>(null);
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    failure.value = await outcome(async () => {
      await work();
      sessions.value = await itemsOf<Session>('/api/sessions');
    });
  };
  return {
    sessions: sessions as ReadonlySignal<Session[] | null>,
    failure: failure as ReadonlySignal<string | null>,
    load: () => act(async () => undefined),
    end: (id: string) => act(() => del(`/api/sessions/${id}`)),
    endOthers: () => act(() => del('/api/sessions')),
  };
}

type Created = Token & { token: string };

/** Personal tokens; the secret of a new one is known until the page is left. */
export function createTokens() {
  const tokens = signal<Token[] | null>(null);
  const created = signal<Created | null>(null);
  const failure = signal<string | null>(null);
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    failure.value = await outcome(async () => {
      await work();
      tokens.value = await itemsOf<Token>('/api/tokens');
    });
  };
  return {
    tokens: tokens as ReadonlySignal<Token[] | null>,
    created: created as ReadonlySignal<Created | null>,
    failure: failure as ReadonlySignal<string | null>,
    load: () => act(async () => undefined),
    create: (name: string) =>
      act(async () => {
        created.value = await post<Created>('/api/tokens', { name: name.trim() });
      }),
    revoke: (id: string) =>
      act(async () => {
        await del(`/api/tokens/${id}`);
        if (created.peek()?.id === id) created.value = null;
      }),
  };
}
