import type { Problem } from './anomalies.ts';
import type { Fact, History, Row, States } from './history.ts';

/** What the store holds at the quiet end, as far as it agrees with itself. */
export type LogView = {
  rooms: ReadonlyMap<string, StoredRoom>;
};
export type StoredRoom = {
  rows: readonly Row[];
  bySeq: ReadonlyMap<number, Row>;
  seqOf: ReadonlyMap<string, number>;
  states: States;
};

type Stored = Extract<Fact, { kind: 'stored' }>;

const storedRoom = ({ rows, states }: Stored): StoredRoom => {
  const seqOf = new Map<string, number>();
  for (const { mark, seq } of rows) if (mark !== null) seqOf.set(mark, seq);
  return { rows, states, bySeq: new Map(rows.map((row) => [row.seq, row])), seqOf };
};

const checkRows = ({ roomId, rows, process }: Stored, found: Problem) => {
  const marks = new Set<string>();
  for (const [index, { seq, mark }] of rows.entries()) {
    const before = rows[index - 1]?.seq ?? 0;
    if (seq > before + 1) found('skipped', `${roomId}: ${before + 1} before ${seq} on ${process}`);
    if (seq <= before) found('inconsistent seq', `${roomId}: ${seq} after ${before} on ${process}`);
    if (mark === null) continue;
    if (marks.has(mark)) found('duplicate', `${roomId}: "${mark}" is stored again at ${seq}`);
    marks.add(mark);
  }
};

/** Every process must read the same log. */
const checkAgreement = (first: Stored, other: Stored, found: Problem) => {
  const length = Math.max(first.rows.length, other.rows.length);
  for (let index = 0; index < length; index += 1) {
    const [a, b] = [first.rows[index], other.rows[index]];
    if (a?.seq === b?.seq && a?.id === b?.id) continue;
    found(
      'inconsistent seq',
      `${first.roomId}: row ${index} is ${JSON.stringify(a)} on ${first.process}, ${JSON.stringify(b)} on ${other.process}`,
    );
    return;
  }
};

/** One (room, seq) is one event, wherever it was seen. */
const checkNumbers = (history: History, found: Problem) => {
  const known = new Map<string, string>();
  const see = (roomId: string, { seq, id }: { seq: number; id: string }, where: string) => {
    const key = `${roomId} ${seq}`;
    const before = known.get(key);
    if (before === undefined) known.set(key, id);
    else if (before !== id) found('inconsistent seq', `${key} is ${before} and, ${where}, ${id}`);
  };
  for (const fact of history) {
    if (fact.kind === 'stored')
      for (const row of fact.rows) see(fact.roomId, row, `in the store of ${fact.process}`);
    if (fact.kind === 'screen')
      for (const row of fact.rows) see(fact.roomId, row, `on the screen of ${fact.device}`);
    if (fact.kind === 'deliver') see(fact.roomId, fact, `told to ${fact.device}`);
    if (fact.kind === 'ok') see(fact.roomId, fact, `acked to ${fact.device}`);
  }
};

/** Reads the store's side of a history and reports where it contradicts itself. */
export const logView = (history: History, found: Problem): LogView => {
  const firsts = new Map<string, Stored>();
  for (const fact of history) {
    if (fact.kind !== 'stored') continue;
    const first = firsts.get(fact.roomId);
    if (first) checkAgreement(first, fact, found);
    else firsts.set(fact.roomId, fact);
    if (!first) checkRows(fact, found);
  }
  checkNumbers(history, found);
  if (firsts.size === 0) found('void', 'no room was read at the end');
  return { rooms: new Map([...firsts].map(([roomId, fact]) => [roomId, storedRoom(fact)])) };
};
