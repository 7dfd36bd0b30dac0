import { remember } from '../platform/remember.ts';

/** After a restart or a cut many ask the same at once: an answer is kept so long, and so many are. */
const SAME_MS = 2_000;
const SAME_MAX = 32;

/**
 * The same answer to the same question. `version` says how new it has to be: it is made anew when
 * the one that is kept was made for less.
 */
export const createSame = <T>() => {
  const kept = new Map<string, { version: number; answer: Promise<T> }>();
  return (question: string, version: number, make: () => Promise<T>): Promise<T> => {
    const known = kept.get(question);
    if (known && known.version >= version) return known.answer;
    const made = { version, answer: make() };
    remember(kept, question, made, SAME_MAX);
    const forget = () => void (kept.get(question) === made && kept.delete(question));
    made.answer.catch(forget);
    setTimeout(forget, SAME_MS).unref();
    return made.answer;
  };
};
