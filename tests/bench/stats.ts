/** How a set of times is spread, in ms. */
export type Spread = { count: number; p50: number; p99: number; max: number };

/** The value below which the share `part` lies; NaN of nothing. */
export const percentile = (values: readonly number[], part: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
};

export const spreadOf = (values: readonly number[]): Spread => ({
  count: values.length,
  p50: percentile(values, 0.5),
  p99: percentile(values, 0.99),
  max: percentile(values, 1),
});

/** What the rounds say: the one in the middle, and the lowest and highest. */
export type Range = { middle: number; low: number; high: number };

export const rangeOf = (values: readonly number[]): Range => ({
  middle: median(values),
  low: percentile(values, 0),
  high: percentile(values, 1),
});

/** Round by round, so that what slows a whole round down falls out; rounds that miss one are left out. */
export const ratios = (
  ours: readonly (number | undefined)[],
  theirs: readonly (number | undefined)[],
): number[] =>
  ours.flatMap((value, round) => {
    const other = theirs[round];
    return value === undefined || other === undefined || other === 0 ? [] : [value / other];
  });
