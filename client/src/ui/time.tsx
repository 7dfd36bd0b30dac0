import { now } from '../pages/clock.ts';
import { takenOver } from '../pages/state.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One language for words on the page; the zone is the reader's once the page is taken over. */
const date = (at: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', {
    ...options,
    ...(takenOver.value ? {} : { timeZone: 'UTC' }),
  }).format(new Date(at));

const exact = (at: string): string =>
  date(at, { dateStyle: 'full', timeStyle: 'short' }) + (takenOver.value ? '' : ' UTC');

const ago = (at: string): string => {
  const passed = now.value - Date.parse(at);
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`;
  if (passed < 7 * DAY) return `${Math.floor(passed / DAY)} d ago`;
  return day(at);
};

const day = (at: string): string => date(at, { day: 'numeric', month: 'short', year: 'numeric' });

type Props = { at: string; format?: 'day' | 'ago' | 'clock'; class?: string };

/** A time as people say it, with the exact one on hover and in the markup. */
export const Time = ({ at, format = 'day', class: name }: Props) => (
  <time dateTime={at} title={exact(at)} class={name}>
    {format === 'day'
      ? day(at)
      : format === 'ago'
        ? ago(at)
        : date(at, { hour: '2-digit', minute: '2-digit' })}
  </time>
);
