import { io } from 'socket.io-client';
import type { AskInput, AskName, AskOutput, TellName, Tells } from '../../src/contract.ts';
import type { Ack } from '../../src/wire/contract.ts';

type Told = { event: string; payload: unknown };
type Waiter = { matches: (told: Told) => boolean; take: (told: Told) => void };

/** An event that should have come did not. The message lists what came instead. */
export class NotTold extends Error {}

export type TestSocket = {
  /** Asks and gives the data of the ack; a refusal throws with its code. */
  ask: <E extends AskName>(event: E, payload: AskInput<E>) => Promise<AskOutput<E>>;
  /** Asks with anything at all and gives the ack as it came. */
  askRaw: (event: string, ...payload: unknown[]) => Promise<Ack<unknown>>;
  /**
   * The first event of this name that fits: one that came already and was not
   * taken yet, or the next one within `timeoutMs`.
   */
  next: <E extends TellName>(
    event: E,
    fits?: (payload: Tells[E]) => boolean,
    timeoutMs?: number,
  ) => Promise<Tells[E]>;
  /** All that was told so far and not taken by `next`. */
  told: () => readonly Told[];
  ready: Tells['ready'];
  /** Resolves with the reason when the connection has ended. */
  closed: Promise<string>;
  connected: () => boolean;
  close: () => void;
};

const ACK_MS = 10_000;
const TOLD_MS = 5_000;

const inboxOf = () => {
  const inbox: Told[] = [];
  const waiters = new Set<Waiter>();
  const put = (told: Told) => {
    const waiter = [...waiters].find((each) => each.matches(told));
    if (waiter) waiter.take(told);
    else inbox.push(told);
  };
  const next = (event: string, fits: (payload: unknown) => boolean, timeoutMs: number) =>
    new Promise<unknown>((resolve, reject) => {
      const matches = (told: Told) => told.event === event && fits(told.payload);
      const found = inbox.findIndex(matches);
      if (found >= 0) return resolve(inbox.splice(found, 1)[0]?.payload);
      const timer = setTimeout(() => {
        waiters.delete(waiter);
        const seen = inbox.map((told) => JSON.stringify(told).slice(0, 200)).join('\n');
        reject(new NotTold(`no fitting "${event}" within ${timeoutMs} ms; told instead:\n${seen}`));
      }, timeoutMs);
      const waiter: Waiter = {
        matches,
        take: (told) => {
          clearTimeout(timer);
          waiters.delete(waiter);
          resolve(told.payload);
        },
      };
      waiters.add(waiter);
    });
  return { inbox, put, next };
};

/** Connects and waits for `ready`; a refusal throws with the code of its connect_error. */
export const connectSocket = async (
  url: string,
  who: { cookie?: string; token?: string; origin?: string; anonymous?: true },
): Promise<TestSocket> => {
  const headers: Record<string, string> = {};
  if (who.cookie) Object.assign(headers, { cookie: who.cookie, origin: who.origin ?? url });
  const socket = io(url, {
    transports: ['websocket'],
    extraHeaders: headers,
    auth: { ...(who.token && { token: who.token }), ...(who.anonymous && { anonymous: true }) },
    forceNew: true,
    reconnection: false,
  });
  const { inbox, put, next } = inboxOf();
  socket.onAny((event: string, payload: unknown) => put({ event, payload }));
  const closed = new Promise<string>((resolve) => socket.once('disconnect', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error: Error & { data?: { code?: string } }) => {
      socket.disconnect();
      reject(new Error(error.data?.code ?? error.message));
    });
  });
  const askRaw = async (event: string, ...payload: unknown[]) => {
    // The library would keep it for a reconnection, which these sockets do not have.
    if (!socket.connected) throw new Error(`${event}: not connected`);
    return (await socket.timeout(ACK_MS).emitWithAck(event, ...payload)) as Ack<unknown>;
  };
  return {
    ask: async (event, payload) => {
      const ack = await askRaw(event, payload);
      if (!ack.ok) throw new Error(`${event}: ${ack.error.code} (${ack.error.message})`);
      return ack.data as never;
    },
    askRaw,
    next: (event, fits = () => true, timeoutMs = TOLD_MS) =>
      next(event, (payload) => fits(payload as never), timeoutMs) as never,
    told: () => inbox,
    ready: (await next('ready', () => true, TOLD_MS)) as Tells['ready'],
    closed,
    connected: () => socket.connected,
    close: () => {
      socket.disconnect();
    },
  };
};
