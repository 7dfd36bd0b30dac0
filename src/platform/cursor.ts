import { badRequest } from '../errors.ts';

/** For a cursor that was not made here. */
export const invalidCursor = () => badRequest('The cursor is not one of ours.', 'cursor');

/** An opaque cursor over the sort key of the last row shown: texts and numbers. */
export const encodeCursor = (parts: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

/** The parts of a cursor made above, or bad_request. `shape` tells the type of each part. */
export const decodeCursor = <S extends readonly ('string' | 'number')[]>(
  cursor: string,
  shape: S,
): { [K in keyof S]: S[K] extends 'string' ? string : number } => {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw invalidCursor();
  }
  const fits =
    Array.isArray(parts) &&
    parts.length === shape.length &&
    parts.every((part, index) => typeof part === shape[index]);
  if (!fits) throw invalidCursor();
  return parts as { [K in keyof S]: S[K] extends 'string' ? string : number };
};

/**
 * Cuts a page out of `limit + 1` rows read: the extra row says that there is more.
 * `key` gives the sort key of a row for the cursor.
 */
export const pageOf = <T>(rows: T[], limit: number, key: (row: T) => (string | number)[]) => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? encodeCursor(key(last)) : null };
};
