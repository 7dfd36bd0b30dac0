import { now } from '../pages/clock.ts';
import { takenOver } from '../pages/state.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SHAPES = {
  exact: { dateStyle: 'full', timeStyle: 'short' },
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  clock: { hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
type Shape = keyof typeof SHAPES;

/** Making one takes far longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** One language for words on the page; the zone is the reader's once the page is taken over. */
const date = (at: string, shape: Shape): string => {
  const zone = takenOver.value ? {} : { timeZone: 'UTC' };
  const key = `${shape} ${takenOver.value}`;
  const format =
    formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...SHAPES[shape], ...zone });
  formats.set(key, format);
  return format.format(new Date(at));
};

const exact = (at: string): string => date(at, 'exact') + (takenOver.value ? '' : ' UTC');

const ago = (at: string): string => {
  const passed = now.value - Date.parse(at);
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`;
  if (passed < 7 * DAY) return `${Math.floor(passed / DAY)} d ago`;
  return date(at, 'day');
};

type Props = { at: string; format?: 'day' | 'ago' | 'clock'; class?: string };

/** A time as people say it, with the exact one on hover and in the markup. */
export const Time = ({ at, format = 'day', class: name }: Props) => (
  <time dateTime={at} title={exact(at)} class={name}>
    {format === 'ago' ? ago(at) : date(at, format)}
  </time>
);
