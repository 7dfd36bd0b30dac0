/** Parts of an answer are looked for so deep: `[{ok, data: {part}}]`. */
const DEPTH = 3;

const texts = new WeakMap<object, string>();

/** Marks a part of answers to many, which nobody changes from now on: it is made into JSON once. */
export const shared = <T extends object>(part: T): T => {
  texts.set(part, JSON.stringify(part));
  return part;
};

/** Most answers hold no shared part: looking for one costs less than writing part by part. */
const holdsShared = (value: unknown, depth: number): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (texts.has(value)) return true;
  if (depth === 0) return false;
  if (Array.isArray(value)) return value.length === 1 && holdsShared(value[0], depth - 1);
  for (const key in value)
    if (holdsShared((value as Record<string, unknown>)[key], depth - 1)) return true;
  return false;
};

const written = (value: unknown, depth: number): string => {
  if (!holdsShared(value, depth)) return JSON.stringify(value);
  const known = texts.get(value as object);
  if (known !== undefined) return known;
  if (Array.isArray(value)) return `[${written(value[0], depth - 1)}]`;
  const parts = Object.entries(value as object).filter(([, part]) => part !== undefined);
  const each = parts.map(([key, part]) => `${JSON.stringify(key)}:${written(part, depth - 1)}`);
  return `{${each.join(',')}}`;
};

/** As JSON.stringify, for plain values; shared parts are taken as they are. */
export const jsonOf = (value: unknown): string => written(value, DEPTH);
