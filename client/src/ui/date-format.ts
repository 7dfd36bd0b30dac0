import { takenOver } from '../pages/state.ts';

/** Making a format takes far longer than using it. */
const made = new Map<string, Intl.DateTimeFormat>();

const format = (at: string, locale: string, options: Intl.DateTimeFormatOptions): string => {
  // The zone is the reader's once the page is.
  const here = takenOver.value ? options : { ...options, timeZone: 'UTC' };
  const key = locale + JSON.stringify(here);
  const known = made.get(key) ?? new Intl.DateTimeFormat(locale, here);
  made.set(key, known);
  return known.format(new Date(at));
};

/** A time of day looks the same wherever it stands. */
export const CLOCK: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };

const SITE = 'en-GB';
/** Some browsers say a language that they do not take. */
const isTaken = /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/;
const readers = (): string =>
  takenOver.value && isTaken.test(navigator.language) ? navigator.language : SITE;

/** A time that the server has drawn already: written in another way it would move its neighbours. */
export const formatDate = (at: string, options: Intl.DateTimeFormatOptions): string =>
  format(at, SITE, options);

/** A time among the words of the site: as the reader writes it, when that is English. */
export const readersDate = (at: string, options: Intl.DateTimeFormatOptions): string => {
  const locale = readers();
  return format(at, locale.startsWith('en') ? locale : SITE, options);
};

/** The exact time, which stands alone: in the reader's own language. */
export const exactDate = (at: string): string =>
  format(at, readers(), { dateStyle: 'full', timeStyle: 'medium' }) +
  (takenOver.value ? '' : ' UTC');
