const RANDOM_BYTES = 12;

/**
 * An id of 24 URL-safe characters that makes a resend of the same thing harmless: the time in
 * milliseconds (base 36, eight digits until 2059) and 96 random bits. What is sent in a row stands
 * side by side in the server's index.
 */
export const makeClientId = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
  const random = btoa(String.fromCharCode(...bytes));
  return `${Date.now().toString(36)}${random.replaceAll('+', '-').replaceAll('/', '_')}`;
};
