import type { Figures } from './figures.ts';
import { type Results, STORING, type Verdict } from './rounds.ts';
import { rangeOf } from './stats.ts';
import type { Contender, Workload } from './workload.ts';

const columns: readonly { title: string; figure: keyof Figures; digits: number }[] = [
  { title: 'CPU µs/delivery', figure: 'cpu', digits: 1 },
  { title: 'database µs/delivery', figure: 'apartCpu', digits: 1 },
  { title: 'deliveries/s', figure: 'deliveriesPerSecond', digits: 0 },
  { title: 'page requests/s', figure: 'pages', digits: 0 },
  { title: 'list requests/s', figure: 'lists', digits: 0 },
  { title: 'rows/s one by one', figure: 'rows1', digits: 0 },
  { title: 'rows/s by 16', figure: 'rows16', digits: 0 },
  { title: 'rows/s by 256', figure: 'rows256', digits: 0 },
  { title: 'disk syncs/s', figure: 'syncs', digits: 0 },
  { title: 'p50 ms', figure: 'p50', digits: 1 },
  { title: 'p99 ms', figure: 'p99', digits: 1 },
  { title: 'last p99 ms', figure: 'lastP99', digits: 1 },
  { title: 'p99 ms with nothing beside', figure: 'quietP99', digits: 1 },
  { title: 'KB/connection', figure: 'kilobytes', digits: 1 },
  { title: 'seconds', figure: 'seconds', digits: 2 },
  { title: 'after a restart', figure: 'restartSeconds', digits: 2 },
  { title: 'loop p99 ms', figure: 'loopP99', digits: 1 },
  { title: 'server', figure: 'busy', digits: 2 },
  { title: 'generator', figure: 'generatorShare', digits: 2 },
];

const rounded = (value: number, digits: number) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** The middle of the rounds, and how far they go where there are several. */
const cell = (rounds: readonly (Figures | undefined)[], figure: keyof Figures, digits: number) => {
  const values = rounds.flatMap((figures) => figures?.[figure] ?? []);
  if (values.length === 0) return '–';
  const { middle, low, high } = rangeOf(values);
  const spread = values.length > 1 ? ` (${rounded(low, digits)}–${rounded(high, digits)})` : '';
  return `${rounded(middle, digits)}${spread}`;
};

const lineOf = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** One workload: a row for each peer, with the columns that it fills. */
export const tableOf = (
  { id, title, contenders }: Workload,
  results: Results,
  ran: (contender: Contender) => boolean,
): string => {
  const rows = contenders.filter(ran);
  const filled = columns.filter(({ figure }) =>
    rows.some(({ name }) => results.rounds(id, name).some((each) => each?.[figure] !== undefined)),
  );
  const lines = rows.map(({ name, title: peer }) =>
    lineOf([
      peer,
      ...filled.map(({ figure, digits }) => cell(results.rounds(id, name), figure, digits)),
    ]),
  );
  const refused = rows.flatMap(({ name, title: peer }) =>
    results.refusals(id, name).map((why) => `${peer}, not a result: ${why}`),
  );
  const head = ['', ...filled.map((column) => column.title)];
  return [
    `### ${id}: ${title}\n`,
    lineOf(head),
    lineOf(head.map(() => '---')),
    ...lines,
    ...(refused.length > 0 ? ['', ...refused] : []),
  ].join('\n');
};

const word = (met: boolean | null) => (met === null ? 'not measured' : met ? 'met' : '**not met**');

export const goalsOf = (verdicts: readonly (Verdict & { id: string })[]): string => {
  const lines = verdicts.map(({ id, text, range, met, storing }) =>
    lineOf([
      id,
      text,
      range ? range.middle.toFixed(2) : '–',
      range ? `${range.low.toFixed(2)}–${range.high.toFixed(2)}` : '–',
      ...storing.map((value) => value?.toFixed(2) ?? ''),
      word(met),
    ]),
  );
  const head = ['', 'goal', 'middle', 'range', ...STORING.map(({ title }) => title), ''];
  return [lineOf(head), lineOf(head.map(() => '---')), ...lines].join('\n');
};
