/** Keys that one question names, unless one asker wants more. */
const KEYS_MAX = 200;
/** A question that is not answered by then holds up no other: its connection may be dead. */
const WAIT_MS = 100;

const soon = () => new Promise<void>((resolve) => setTimeout(resolve, WAIT_MS).unref());

type Answers<K, V> = ReadonlyMap<K, V>;

/**
 * Asks once for what many ask at the same time, as after a restart, when everybody comes back: what
 * is wanted in one turn of the event loop, or while the question before is on its way, is one
 * question. The answer has those of the keys that were found, looked up after they were asked for.
 */
export const createTogether = <K, V>(
  ask: (keys: readonly K[]) => Promise<Answers<K, V>>,
  keysMax = KEYS_MAX,
) => {
  let next: { keys: Set<K>; answers: Promise<Answers<K, V>> } | null = null;
  let before: Promise<unknown> = Promise.resolve();
  const begin = () => {
    const keys = new Set<K>();
    const turn = before.then(() => new Promise(setImmediate));
    const answers = turn.then(() => {
      if (next?.keys === keys) next = null;
      return ask([...keys]);
    });
    before = Promise.race([answers.catch(() => {}), soon()]);
    next = { keys, answers };
    return next;
  };
  return async (wanted: readonly K[]): Promise<Map<K, V>> => {
    if (wanted.length === 0) return new Map();
    const isFull = next !== null && next.keys.size + wanted.length > keysMax;
    const { keys, answers } = !next || isFull ? begin() : next;
    for (const key of wanted) keys.add(key);
    const found = await answers;
    return new Map(
      wanted.flatMap((key) => {
        const value = found.get(key);
        return value === undefined ? [] : [[key, value] as const];
      }),
    );
  };
};
