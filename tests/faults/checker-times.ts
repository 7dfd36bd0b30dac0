import { type History, personOf } from './history.ts';

/** Milliseconds; NaN where there was nothing to measure. */
export type Spread = { count: number; p50: number; p99: number; max: number };

export const spread = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
};

/** How long each return took, from the (re)connect or from the loss before it. */
export const recoveries = (history: History, from: 'connect' | 'disconnect'): number[] => {
  const lost = new Map<string, number>();
  const since = new Map<string, number>();
  const took: number[] = [];
  for (const fact of history) {
    if (fact.kind === 'disconnect') lost.set(fact.device, lost.get(fact.device) ?? fact.at);
    if (fact.kind === 'connect') since.set(fact.device, fact.at);
    if (fact.kind !== 'complete') continue;
    const start = from === 'connect' ? since.get(fact.device) : lost.get(fact.device);
    if (lost.has(fact.device) && start !== undefined) took.push(fact.at - start);
    lost.delete(fact.device);
  }
  return took;
};

export const refusals = (history: History): number[] => {
  const sent = new Map<string, number>();
  const took: number[] = [];
  for (const fact of history) {
    if (fact.kind === 'send') sent.set(`${fact.device} ${fact.mark}`, fact.at);
    if (fact.kind === 'error' && fact.code === 'unavailable')
      took.push(fact.at - (sent.get(`${fact.device} ${fact.mark}`) ?? fact.at));
  }
  return took;
};

type Interval = { from: number; to: number };

/** When each device was connected and complete. */
const presences = (history: History): Map<string, Interval[]> => {
  const of = new Map<string, Interval[]>();
  const open = new Map<string, number>();
  const end = history.at(-1)?.at ?? 0;
  for (const { kind, at, ...rest } of history) {
    const device = 'device' in rest ? rest.device : '';
    if (kind === 'complete') open.set(device, at);
    if (kind !== 'disconnect') continue;
    const from = open.get(device);
    open.delete(device);
    if (from !== undefined) of.set(device, [...(of.get(device) ?? []), { from, to: at }]);
  }
  for (const [device, from] of open) of.set(device, [...(of.get(device) ?? []), { from, to: end }]);
  return of;
};

/** When it first showed that an event is stored: `room seq` -> time. */
const signs = (history: History): Map<string, number> => {
  const known = new Map<string, number>();
  for (const fact of history) {
    if (fact.kind !== 'ok' && fact.kind !== 'deliver') continue;
    const key = `${fact.roomId} ${fact.seq}`;
    if (!known.has(key)) known.set(key, fact.at);
  }
  return known;
};

/**
 * For every event and every device that was connected and complete when the event was known to
 * be stored: how long until it arrived, or until the connection ended without it.
 */
export const stalenesses = (history: History): number[] => {
  const fenced = new Set<string>();
  const rooms = new Map<string, Set<string>>();
  const arrived = new Map<string, number>();
  for (const fact of history) {
    if (fact.kind === 'removed') fenced.add(`${fact.person} ${fact.roomId}`);
    if (fact.kind !== 'deliver') continue;
    const key = `${fact.device} ${fact.roomId} ${fact.seq}`;
    if (!arrived.has(key)) arrived.set(key, fact.at);
    rooms.set(fact.roomId, (rooms.get(fact.roomId) ?? new Set()).add(fact.device));
  }
  const present = presences(history);
  const took: number[] = [];
  for (const [event, at] of signs(history)) {
    const roomId = event.slice(0, event.lastIndexOf(' '));
    for (const device of rooms.get(roomId) ?? []) {
      if (fenced.has(`${personOf(device)} ${roomId}`)) continue;
      const interval = present.get(device)?.find(({ from, to }) => from <= at && at <= to);
      if (!interval) continue;
      const arrival = arrived.get(`${device} ${event}`) ?? Number.POSITIVE_INFINITY;
      if (arrival >= at) took.push(Math.min(arrival, interval.to) - at);
    }
  }
  return took;
};
