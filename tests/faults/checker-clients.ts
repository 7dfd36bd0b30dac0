import type { Problem } from './anomalies.ts';
import type { LogView } from './checker-log.ts';
import { type Fact, type History, isUnknowing, personOf } from './history.ts';

type At<K extends Fact['kind']> = Extract<Fact, { kind: K }> & { at: number };
/** All that is known of one message from those who tried to send it. */
type Intent = {
  mark: string;
  roomId: string;
  device: string;
  oks: At<'ok'>[];
  refusals: string[];
  unknown: number;
  wrong: boolean;
};

const of = <K extends Fact['kind']>(history: History, kind: K): At<K>[] =>
  history.filter((fact) => fact.kind === kind) as At<K>[];

const collectIntents = (history: History): Intent[] => {
  const intents = new Map<string, Intent>();
  for (const fact of history) {
    if (fact.kind === 'send' && !intents.has(fact.mark)) {
      const { mark, roomId, device } = fact;
      const wrong = fact.wrong === true;
      intents.set(mark, { mark, roomId, device, wrong, oks: [], refusals: [], unknown: 0 });
    }
    if (fact.kind === 'ok') intents.get(fact.mark)?.oks.push(fact);
    if (fact.kind === 'error') intents.get(fact.mark)?.refusals.push(fact.code);
    if (fact.kind === 'unknown') {
      const intent = intents.get(fact.mark);
      if (intent) intent.unknown += 1;
    }
  }
  return [...intents.values()];
};

/** Refused for good: every attempt was answered, and each answer said no. */
const isRefused = ({ oks, refusals, unknown, wrong }: Intent) =>
  wrong ||
  (oks.length === 0 && unknown === 0 && refusals.length > 0 && !refusals.some(isUnknowing));

const checkAcks = (intents: readonly Intent[], log: LogView, found: Problem) => {
  for (const intent of intents) {
    const { oks, mark, roomId, refusals } = intent;
    const [first] = oks;
    for (const ok of oks) {
      if (ok.seq !== first?.seq || ok.id !== first.id)
        found('duplicate', `"${mark}" was acked as ${first?.seq} and as ${ok.seq}`);
    }
    if (first && !intent.wrong) {
      const row = log.rooms.get(roomId)?.bySeq.get(first.seq);
      // A deleted message keeps its place and has no words.
      if (row?.id !== first.id || (row.mark !== null && row.mark !== mark))
        found('lost', `"${mark}" was acked as ${first.seq} of ${roomId} and is not there`);
    } else if (!isRefused(intent)) found('unsettled', `"${mark}" of ${intent.device}`);
    for (const code of refusals) if (code === 'internal') found('undeclared error', `"${mark}"`);
  }
};

const checkRefused = (history: History, intents: Intent[], log: LogView, found: Problem) => {
  const refused = new Set(intents.filter(isRefused).map(({ mark }) => mark));
  for (const [roomId, { seqOf }] of log.rooms)
    for (const mark of refused)
      if (seqOf.has(mark)) found('failed-but-seen', `"${mark}" is stored in ${roomId}`);
  for (const { mark, device } of of(history, 'deliver'))
    if (mark !== null && refused.has(mark))
      found('failed-but-seen', `"${mark}" was told to ${device}`);
};

/** One sender's messages stand in the order of sending; a refused one lost its place. */
const checkSenderOrder = (intents: readonly Intent[], log: LogView, found: Problem) => {
  const highest = new Map<string, number>();
  for (const { device, roomId, mark, refusals } of intents) {
    const seq = log.rooms.get(roomId)?.seqOf.get(mark);
    if (seq === undefined) continue;
    const key = `${device} ${roomId}`;
    const before = highest.get(key) ?? 0;
    if (seq < before) found('sender order', `"${mark}" of ${device} is ${seq}, after ${before}`);
    if (refusals.length === 0) highest.set(key, Math.max(seq, before));
  }
};

/** What was acked before another message was first sent stands before it. */
const checkRealTime = (history: History, log: LogView, found: Problem) => {
  const acked = new Map<string, number>();
  const sent = new Set<string>();
  for (const fact of history) {
    if (fact.kind === 'ok') acked.set(fact.roomId, Math.max(fact.seq, acked.get(fact.roomId) ?? 0));
    if (fact.kind !== 'send' || sent.has(fact.mark)) continue;
    sent.add(fact.mark);
    const seq = log.rooms.get(fact.roomId)?.seqOf.get(fact.mark);
    const before = acked.get(fact.roomId) ?? 0;
    if (seq !== undefined && seq <= before)
      found('real-time order', `"${fact.mark}" is ${seq}, but ${before} was acked before it`);
  }
};

/** On one connection nothing arrives behind what came already; answers hold all they claim. */
const checkWire = (history: History, found: Problem): number => {
  const held = new Map<string, Set<number>>();
  const last = new Map<string, number>();
  let again = 0;
  const heldOf = (key: string) => {
    const seqs = held.get(key) ?? new Set<number>();
    held.set(key, seqs);
    return seqs;
  };
  for (const fact of history) {
    if (fact.kind === 'connect')
      for (const key of last.keys()) if (key.startsWith(`${fact.device} `)) last.delete(key);
    if (fact.kind === 'deliver') {
      const key = `${fact.device} ${fact.roomId}`;
      const seqs = heldOf(key);
      if (seqs.has(fact.seq)) again += 1;
      else if (fact.how === 'live' && fact.seq < (last.get(key) ?? 0))
        found('order', `${key}: ${fact.seq} came after ${last.get(key)}`);
      seqs.add(fact.seq);
      if (fact.how === 'live') last.set(key, Math.max(fact.seq, last.get(key) ?? 0));
    }
    if (fact.kind === 'synced') {
      const seqs = heldOf(`${fact.device} ${fact.roomId}`);
      for (let seq = fact.after + 1; seq <= fact.head; seq += 1)
        if (!seqs.has(seq))
          found('skipped', `${fact.device} was told all up to ${fact.head}, without ${seq}`);
    }
  }
  return again;
};

const checkScreen = (screen: At<'screen'>, log: LogView, found: Problem) => {
  const { device, roomId, base, rows, states } = screen;
  const room = log.rooms.get(roomId);
  if (!room) return found('void', `${roomId} is on a screen and was not read from the store`);
  const shown = new Set<number>();
  let before = base;
  for (const { seq, mark } of rows) {
    if (shown.has(seq)) found('duplicate', `${device} shows ${seq} of ${roomId} twice ("${mark}")`);
    else if (seq < before) found('order', `${device} shows ${seq} of ${roomId} after ${before}`);
    shown.add(seq);
    before = Math.max(before, seq);
  }
  for (const { seq, mark } of room.rows)
    if (seq > base && !shown.has(seq))
      found(mark === null ? 'skipped' : 'unseen', `${device} does not show ${seq} of ${roomId}`);
  for (const [id, state] of Object.entries(states)) {
    const fresh = room.states[id];
    if (fresh !== undefined && fresh !== state)
      found('stale state', `${device} shows ${id} as ${state}, a fresh page as ${fresh}`);
  }
};

const checkScreens = (history: History, log: LogView, found: Problem) => {
  const screens = of(history, 'screen');
  const ended = new Set(screens.map(({ device }) => device));
  const connected = new Set(of(history, 'connect').map(({ device }) => device));
  for (const device of connected) if (!ended.has(device)) found('never back', device);
  for (const screen of screens) checkScreen(screen, log, found);
  if (screens.length === 0) found('void', 'no screen was looked at');
};

const checkRemovals = (history: History, found: Problem) => {
  const out = new Map<string, number>();
  for (const fact of history) {
    if (fact.kind === 'joined') out.delete(`${fact.person} ${fact.roomId}`);
    if (fact.kind === 'removed') out.set(`${fact.person} ${fact.roomId}`, fact.at + fact.graceMs);
    if (fact.kind !== 'deliver') continue;
    const until = out.get(`${personOf(fact.device)} ${fact.roomId}`) ?? Number.POSITIVE_INFINITY;
    if (fact.at > until)
      found(
        'seen-after-removal',
        `${fact.device} was told ${fact.seq} of ${fact.roomId}, ${Math.round(fact.at - until)} ms too late`,
      );
  }
};

/** A position that was answered before it was asked again is a floor, on all of one's devices. */
const checkReads = (history: History, found: Problem) => {
  const answered = new Map<string, At<'read'>[]>();
  for (const fact of of(history, 'read')) {
    const key = `${personOf(fact.device)} ${fact.roomId}`;
    const earlier = answered.get(key) ?? [];
    const floor = Math.max(0, ...earlier.filter(({ at }) => at < fact.since).map((e) => e.answer));
    if (fact.answer < Math.max(fact.asked, floor))
      found('read went back', `${key}: asked ${fact.asked}, answered ${fact.answer}, not ${floor}`);
    answered.set(key, [...earlier, fact]);
  }
};

/** Compares what each client sent and saw with the log; answers the plain counts. */
export const clientsView = (history: History, log: LogView, found: Problem) => {
  const intents = collectIntents(history);
  checkAcks(intents, log, found);
  checkRefused(history, intents, log, found);
  checkSenderOrder(intents, log, found);
  checkRealTime(history, log, found);
  const wireDuplicates = checkWire(history, found);
  checkScreens(history, log, found);
  checkRemovals(history, found);
  checkReads(history, found);
  const acked = intents.filter(({ oks, wrong }) => oks.length > 0 && !wrong).length;
  if (acked === 0) found('void', 'nothing was acked');
  return {
    sends: intents.length,
    acked,
    refused: of(history, 'error').length,
    unknown: of(history, 'unknown').length,
    silences: of(history, 'disconnect').filter(({ silent }) => silent).length,
    wireDuplicates,
  };
};
