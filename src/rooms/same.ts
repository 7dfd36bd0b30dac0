import { remember } from '../platform/remember.ts';

/** After a restart or a cut many ask the same at once: an answer is kept so long, and so many are. */
const SAME_MS = 5_000;
const SAME_MAX = 256;

export type Same<T> = {
  /**
   * The same answer to the same question. `version` says how new it has to be: it is made anew when
   * the one that is kept was made for less.
   */
  ask(question: string, version: number, make: () => Promise<T>): Promise<T>;
  /** The answer that is kept, to be kept up to date. */
  kept(question: string): Promise<T> | undefined;
};

export const createSame = <T>(): Same<T> => {
  const known = new Map<string, { version: number; answer: Promise<T> }>();
  return {
    ask: (question, version, make) => {
      const last = known.get(question);
      if (last && last.version >= version) return last.answer;
      const made = { version, answer: make() };
      remember(known, question, made, SAME_MAX);
      const forget = () => void (known.get(question) === made && known.delete(question));
      made.answer.catch(forget);
      setTimeout(forget, SAME_MS).unref();
      return made.answer;
    },
    kept: (question) => known.get(question)?.answer,
  };
};
