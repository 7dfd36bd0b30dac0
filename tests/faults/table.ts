import type { Anomaly } from './anomalies.ts';
import type { Spread } from './checker-times.ts';
import type { Trial } from './trial.ts';

const head = [
  'fault',
  'store',
  'processes',
  'sends',
  'acked',
  'lost',
  'duplicated',
  'out of order',
  'skipped',
  'other',
  'recovery p50/p99/max ms',
  'seconds',
  'seed',
];

const rounded = (value: number) => (Number.isNaN(value) ? '-' : String(Math.round(value)));
const times = ({ p50, p99, max }: Spread) => [p50, p99, max].map(rounded).join('/');

const groups: Record<string, Anomaly[]> = {
  lost: ['lost', 'unseen', 'never back', 'unsettled'],
  duplicated: ['duplicate', 'inconsistent seq'],
  order: ['order', 'sender order', 'real-time order'],
  skipped: ['skipped'],
};

const rowOf = ({ fault, shape, report, problems, seconds, seed }: Trial): string[] => {
  const { counts } = report;
  const sum = (names: Anomaly[] = []) => names.reduce((total, name) => total + counts[name], 0);
  const shown = ['lost', 'duplicated', 'order', 'skipped'].map((group) => sum(groups[group]));
  const grouped = new Set(Object.values(groups).flat());
  const anomaliesElse = (Object.keys(counts) as Anomaly[]).filter((name) => !grouped.has(name));
  const others = sum(anomaliesElse);
  const beside = others === 0 && shown.every((count) => count === 0) ? problems.length : others;
  return [
    fault.id,
    shape.store,
    String(shape.processes),
    String(report.sends),
    String(report.acked),
    ...shown.map(String),
    String(beside),
    times(report.recovery),
    seconds.toFixed(0),
    String(seed),
  ];
};

/** The outcome of all trials as a Markdown table. */
export const tableOf = (trials: readonly Trial[]): string => {
  const rows = [head, ...trials.map(rowOf)];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const [first = [], ...rest] = rows;
  return [line(first), rule, ...rest.map(line)].join('\n');
};

/** One trial in a line, and all that is wrong with it. */
export const lineOf = (trial: Trial): string => {
  const { fault, shape, report, problems, note, seconds } = trial;
  const where = `${shape.store} × ${shape.processes}`;
  const verdict = problems.length === 0 ? 'holds' : 'BROKEN';
  const { sends, acked, refused, unknown, wireDuplicates, staleness, refusal, away, silences } =
    report;
  return [
    `${fault.id} on ${where} ${verdict} in ${seconds.toFixed(0)} s: ${acked} of ${sends} acked, ` +
      `${refused} refusals, ${unknown} unknown, ${silences} silent connections, ${wireDuplicates} repeats on the wire; ` +
      `recovery ${times(report.recovery)}, away ${times(away)}, staleness ${times(staleness)}, ` +
      `unavailable after ${times(refusal)} ms`,
    ...problems.map((problem) => `    ${problem}`),
    ...(note ? [`    (${note})`] : []),
  ].join('\n');
};
