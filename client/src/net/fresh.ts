/** Loads at most this often when things are told faster than they load. */
const ATTEMPTS = 4;

/**
 * Loading beside being told: an answer from before an event must not hide the event, so what was
 * loaded while something was told is loaded again.
 */
export const createFresh = () => {
  let told = 0;
  return {
    /** Something was told that a load under way may not know. */
    note: (): void => {
      told += 1;
    },
    load: async <T>(read: () => Promise<T>): Promise<T> => {
      for (let attempt = 1; ; attempt += 1) {
        const before = told;
        const answer = await read();
        if (told === before || attempt === ATTEMPTS) return answer;
      }
    },
  };
};
