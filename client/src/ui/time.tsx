import { now } from '../pages/clock.ts';
import { CLOCK, exactDate, formatDate } from './date-format.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SHAPES = {
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  clock: CLOCK,
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const ago = (at: string): string => {
  const passed = now.value - Date.parse(at);
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`;
  if (passed < 7 * DAY) return `${Math.floor(passed / DAY)} d ago`;
  return formatDate(at, SHAPES.day);
};

type Props = { at: string; format?: 'day' | 'ago' | 'clock'; class?: string };

/** A time as people say it, with the exact one on hover and in the markup. */
export const Time = ({ at, format = 'day', class: name }: Props) => (
  <time dateTime={at} title={exactDate(at)} class={name}>
    {format === 'ago' ? ago(at) : formatDate(at, SHAPES[format])}
  </time>
);
