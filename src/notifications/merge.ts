import type { NotificationKind } from './contract.ts';
import type { NotificationRecord, Place } from './store.ts';

/** One thing that somebody did, for one person. */
export type News = {
  kind: NotificationKind;
  subject: string;
  /** Who did it. */
  personId: string;
  /** The same for the same act, however often it is told. */
  causeId: string;
  at: string;
  place: Place;
};

const PEOPLE_MAX = 100;
const CAUSES_MAX = 100;

/**
 * The row with these news of its kind and subject in it, oldest first; null when all of them were
 * counted before. A row that was read is unread again.
 */
export const merged = (
  row: NotificationRecord | null,
  news: readonly News[],
  first: { id: string; userId: string },
): NotificationRecord | null => {
  const known = new Set(row?.causes);
  const fresh = news.filter(({ causeId }) => !known.has(causeId) && known.add(causeId));
  const latest = fresh.at(-1);
  if (!latest) return null;
  const start = row ?? emptyRow(latest, first);
  const { people, count } = withPeople(start, fresh);
  const isNewer = latest.at >= start.at;
  return {
    ...start,
    people,
    count,
    place: isNewer ? latest.place : start.place,
    at: isNewer ? latest.at : start.at,
    readAt: null,
    rev: start.rev + 1,
    causes: [...start.causes, ...fresh.map(({ causeId }) => causeId)].slice(-CAUSES_MAX),
  };
};

const emptyRow = (
  { kind, subject, place }: News,
  first: { id: string; userId: string },
): NotificationRecord => ({
  ...first,
  kind,
  subject,
  people: [],
  count: 0,
  place,
  at: '',
  readAt: null,
  rev: 0,
  causes: [],
});

const withPeople = (row: NotificationRecord, fresh: readonly News[]) => {
  let { people, count } = row;
  for (const { personId } of fresh) {
    if (!people.includes(personId)) count += 1;
    people = [personId, ...people.filter((each) => each !== personId)].slice(0, PEOPLE_MAX);
  }
  return { people, count };
};
