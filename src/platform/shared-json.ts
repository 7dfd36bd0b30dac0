/** Parts of an answer are looked for so deep: `[{ok, data: {part}}]`. */
const DEPTH = 3;

const texts = new WeakMap<object, string>();

/** Marks a part of answers to many, which nobody changes from now on: it is made into JSON once. */
export const shared = <T extends object>(part: T): T => {
  texts.set(part, JSON.stringify(part));
  return part;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As JSON.stringify, for plain values; shared parts are taken as they are. */
export const jsonOf = (value: unknown, depth = DEPTH): string => {
  const known = typeof value === 'object' && value !== null ? texts.get(value) : undefined;
  if (known !== undefined) return known;
  if (depth === 0) return JSON.stringify(value);
  if (Array.isArray(value) && value.length === 1) return `[${jsonOf(value[0], depth - 1)}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const parts = Object.entries(value).filter(([, part]) => part !== undefined);
  const written = parts.map(([key, part]) => `${JSON.stringify(key)}:${jsonOf(part, depth - 1)}`);
  return `{${written.join(',')}}`;
};
