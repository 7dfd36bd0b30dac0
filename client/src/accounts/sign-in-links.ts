/** Pages that make no sense to come back to. */
const NOT_A_PLACE = new Set(['/', '/login', '/join', '/forgot', '/reset', '/verify']);

/** The address of logging in or joining that leads back to where the reader stands. */
export const signInLink = (page: '/login' | '/join', path: string): string =>
  NOT_A_PLACE.has(path) ? page : `${page}?next=${encodeURIComponent(path)}`;
