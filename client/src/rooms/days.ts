import { now } from '../pages/clock.ts';
import { CLOCK, formatDate, readersDate } from '../ui/date-format.ts';

const DAY_MS = 86_400_000;

const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** Whole days between that day and today, in the reader's zone. */
const daysAgo = (at: string): number =>
  Math.round((midnight(now.value) - midnight(Date.parse(at))) / DAY_MS);

export const isToday = (at: string): boolean => daysAgo(at) === 0;

/** "Today", "Yesterday", "Wednesday 12 November", with the year when it is another one. */
export const dayName = (at: string): string => {
  const ago = daysAgo(at);
  if (ago === 0) return 'Today';
  if (ago === 1) return 'Yesterday';
  const isThisYear = new Date(at).getFullYear() === new Date(now.value).getFullYear();
  return readersDate(at, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(!isThisYear && { year: 'numeric' }),
  });
};

/** As short as a row of a list allows: a clock today, a weekday in the last week, a date before. */
export const shortWhen = (at: string): string => {
  const ago = daysAgo(at);
  if (ago === 0) return formatDate(at, CLOCK);
  return readersDate(at, ago < 7 ? { weekday: 'short' } : { day: 'numeric', month: 'short' });
};
