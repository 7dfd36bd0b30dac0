import { describe, expect, test } from 'vitest';
import { type Anomaly, anomalies } from './anomalies.ts';
import { check } from './checker.ts';
import { goodHistory, roomId } from './good-history.ts';
import type { Entry, Fact } from './history.ts';

type Of<K extends Fact['kind']> = Extract<Entry, { kind: K }>;
type Spoil = (history: Entry[]) => void;

const all = <K extends Fact['kind']>(history: Entry[], kind: K): Of<K>[] =>
  history.filter((fact) => fact.kind === kind) as Of<K>[];
const find = <K extends Fact['kind']>(
  history: Entry[],
  kind: K,
  fits: (fact: Of<K>) => boolean = () => true,
): Of<K> => {
  const found = all(history, kind).find(fits);
  if (!found) throw new Error(`no such ${kind}`);
  return found;
};
const remove = (history: Entry[], fact: Entry) => void history.splice(history.indexOf(fact), 1);
const insertAfter = (history: Entry[], fact: Entry, added: Fact) =>
  void history.splice(history.indexOf(fact) + 1, 0, { ...added, at: fact.at + 1 });
const swapMarks = (history: Entry[], one: string, two: string) => {
  for (const fact of all(history, 'send'))
    fact.mark = fact.mark === one ? two : fact.mark === two ? one : fact.mark;
};

const spoilers: [name: string, anomaly: Anomaly, spoil: Spoil][] = [
  [
    'an acked message that no store holds',
    'lost',
    (history) => {
      for (const stored of all(history, 'stored')) stored.rows.splice(19, 1);
    },
  ],
  [
    'an acked number that is another message',
    'lost',
    (history) => {
      const ok = find(history, 'ok', ({ seq }) => seq === 5);
      Object.assign(ok, { id: 'id-6', seq: 6 });
    },
  ],
  [
    'a stored message that a screen does not show',
    'unseen',
    (history) => void find(history, 'screen').rows.splice(10, 1),
  ],
  [
    'a resend that was stored again',
    'duplicate',
    (history) => {
      const again = { seq: 21, id: 'id-21', mark: 'mark 3' };
      for (const fact of [...all(history, 'stored'), ...all(history, 'screen')])
        fact.rows.push(again);
    },
  ],
  [
    'a resend that was acked with another number',
    'duplicate',
    (history) => {
      const ok = find(history, 'ok', ({ seq }) => seq === 5);
      insertAfter(history, ok, { ...ok, seq: 7, id: 'id-7' });
    },
  ],
  [
    'a message twice on a screen',
    'duplicate',
    (history) => {
      const { rows } = find(history, 'screen');
      rows.splice(5, 0, ...rows.slice(4, 5));
    },
  ],
  [
    'two events with one number',
    'inconsistent seq',
    (history) => {
      find(history, 'deliver', ({ seq }) => seq === 9).id = 'id-other';
    },
  ],
  [
    'two processes that read different logs',
    'inconsistent seq',
    (history) => {
      all(history, 'stored')[1]?.rows.pop();
    },
  ],
  [
    'a number that no event has',
    'skipped',
    (history) => {
      for (const fact of history)
        if ('seq' in fact && fact.seq === 20) fact.seq = 21;
        else if ('rows' in fact)
          fact.rows = fact.rows.map((row) => (row.seq === 20 ? { ...row, seq: 21 } : row));
    },
  ],
  [
    'an answer with less than it claims',
    'skipped',
    (history) =>
      remove(
        history,
        find(history, 'deliver', ({ how, seq }) => how === 'sync' && seq === 10),
      ),
  ],
  [
    'an event that is told after a later one',
    'order',
    (history) => {
      const late = find(history, 'deliver', ({ device, seq }) => device === 'ben/1' && seq === 4);
      remove(history, late);
      insertAfter(
        history,
        find(history, 'deliver', ({ device, seq }) => device === 'ben/1' && seq === 6),
        late,
      );
    },
  ],
  [
    'a screen in another order',
    'order',
    (history) => {
      find(history, 'screen').rows.reverse();
    },
  ],
  [
    "one sender's messages swapped",
    'sender order',
    (history) => {
      swapMarks(history, 'mark 4', 'mark 6');
    },
  ],
  [
    'a message before one that was acked before it was sent',
    'real-time order',
    (history) => {
      swapMarks(history, 'mark 4', 'mark 7');
    },
  ],
  [
    'a refused message that is told',
    'failed-but-seen',
    (history) => {
      find(history, 'deliver', ({ seq }) => seq === 20).mark = 'refused';
    },
  ],
  [
    'a refused message that is stored',
    'failed-but-seen',
    (history) => {
      for (const fact of [...all(history, 'stored'), ...all(history, 'screen')])
        fact.rows.push({ seq: 21, id: 'id-21', mark: 'refused' });
    },
  ],
  [
    'a message that had to be refused, acked and stored',
    'failed-but-seen',
    (history) => {
      find(history, 'send', ({ mark }) => mark === 'mark 9').wrong = true;
    },
  ],
  [
    'an event for somebody who was removed',
    'seen-after-removal',
    (history) => {
      const at = find(history, 'ok', ({ seq }) => seq === 15);
      insertAfter(history, at, { kind: 'removed', person: 'ben', roomId, graceMs: 20 });
    },
  ],
  [
    'a message whose fate its sender never learned',
    'unsettled',
    (history) => remove(history, find(history, 'ok')),
  ],
  [
    'a screen that shows old words',
    'stale state',
    (history) => {
      find(history, 'screen').states = { 'id-1': 'before its edit' };
    },
  ],
  [
    'a read position behind an earlier one',
    'read went back',
    (history) => {
      const last = history.at(-1) as Entry;
      const read = { kind: 'read', roomId, since: last.at + 2 } as const;
      insertAfter(history, last, { ...read, device: 'ana/2', asked: 9, answer: 9 });
      insertAfter(history, last, { ...read, device: 'ana/1', asked: 12, answer: 12 });
    },
  ],
  [
    'a defect as an answer',
    'undeclared error',
    (history) => {
      find(history, 'error').code = 'internal';
    },
  ],
  [
    'a device that never came back',
    'never back',
    (history) => remove(history, find(history, 'screen')),
  ],
  [
    'a run in which nothing was sent',
    'void',
    (history) => {
      for (const kind of ['send', 'ok', 'error'] as const)
        for (const fact of all(history, kind)) remove(history, fact);
    },
  ],
  [
    'a run whose end was not read',
    'void',
    (history) => {
      for (const fact of all(history, 'stored')) remove(history, fact);
    },
  ],
];

describe('the checker of histories', () => {
  test('finds nothing wrong with a good history', () => {
    const report = check(goodHistory());
    expect(report.examples).toEqual([]);
    expect(report).toMatchObject({ sends: 21, acked: 20, refused: 1, unknown: 0 });
  });

  test('measures how long returns and deliveries took', () => {
    const report = check(goodHistory());
    expect(report.recovery).toMatchObject({ count: 1, max: 40 });
    expect(report.away.count).toBe(1);
    expect(report.staleness.max).toBeLessThanOrEqual(15);
  });

  test('an unknown outcome is no error, whatever became of it', () => {
    const history = goodHistory();
    const ok = find(history, 'ok', ({ seq }) => seq === 5);
    const { device, mark } = ok;
    insertAfter(
      history,
      find(history, 'send', (fact) => fact.mark === mark),
      {
        kind: 'unknown',
        device,
        roomId,
        mark,
      },
    );
    expect(check(history).examples).toEqual([]);
  });

  test('a repeat on the wire is counted, and allowed', () => {
    const history = goodHistory();
    const again = find(history, 'deliver', ({ seq }) => seq === 5);
    insertAfter(history, again, again);
    expect(check(history).examples).toEqual([]);
    expect(check(history).wireDuplicates).toBe(1);
  });

  test.each(spoilers)('finds %s', (_name, anomaly, spoil) => {
    const history = goodHistory();
    spoil(history);
    expect(check(history).counts[anomaly]).toBeGreaterThan(0);
  });

  test('every anomaly has a spoiler here', () => {
    expect(new Set(spoilers.map(([, anomaly]) => anomaly))).toEqual(new Set(anomalies));
  });
});
