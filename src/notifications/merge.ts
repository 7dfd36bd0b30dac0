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
const CAUSES_MAX = 50;

/**
 * The row with these news of its kind and subject in it, oldest first; null when all of them were
 * counted before. A row that was read is unread again.
 */
export const merged = (
  row: NotificationRecord | null,
  news: readonly News[],
  first: { id: string; userId: string },
): NotificationRecord | null => {
  const known = new Set(row?.causes.map(({ id }) => id));
  const isNew = ({ causeId, at }: News) => at > (row?.since ?? '') && !known.has(causeId);
  const fresh = news.filter((one) => isNew(one) && known.add(one.causeId));
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
    ...withCauses(start, fresh),
  };
};

/** The row without a person; nobody is left in it when they were alone. */
export const withoutPerson = (
  row: NotificationRecord | null,
  personId: string,
): NotificationRecord | null => {
  if (!row?.people.includes(personId)) return null;
  const people = row.people.filter((each) => each !== personId);
  return { ...row, people, count: row.count - 1, rev: row.rev + 1 };
};

/**
 * The row without a message that is gone: it leads to the latest that is left, and its sender goes
 * with it unless there is, or may have been, another of theirs. Null when it was not counted.
 */
export const withoutMessage = (
  row: NotificationRecord | null,
  messageId: string,
): NotificationRecord | null => {
  const gone = row?.causes.find(({ id }) => id === messageId);
  if (!row || !gone) return null;
  const causes = row.causes.filter((each) => each !== gone);
  const latest = causes.at(-1);
  if (!latest) return empty(row);
  const { by } = gone;
  const mayStay = row.since !== '' || causes.some((each) => !each.by || each.by === by);
  const rest = (!mayStay && by && withoutPerson(row, by)) || { ...row, rev: row.rev + 1 };
  return { ...rest, causes, at: latest.at, place: { ...row.place, messageId: latest.id } };
};

/** The row with nobody in it. */
export const empty = (row: NotificationRecord): NotificationRecord => ({
  ...row,
  people: [],
  count: 0,
  causes: [],
  rev: row.rev + 1,
});

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
  since: '',
});

const withPeople = (row: NotificationRecord, fresh: readonly News[]) => {
  let { people, count } = row;
  for (const { personId } of fresh) {
    if (!people.includes(personId)) count += 1;
    people = [personId, ...people.filter((each) => each !== personId)].slice(0, PEOPLE_MAX);
  }
  return { people, count };
};

/** What is dropped is remembered by its time: nothing so old is counted again. */
const withCauses = (row: NotificationRecord, fresh: readonly News[]) => {
  const causes = [
    ...row.causes,
    ...fresh.map(({ causeId: id, at, personId: by }) => ({ id, at, by })),
  ];
  causes.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const dropped = causes.splice(0, Math.max(0, causes.length - CAUSES_MAX));
  return { causes, since: dropped.at(-1)?.at ?? row.since };
};
