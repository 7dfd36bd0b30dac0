/** True once in every `ms`, the first time `ms` from now. */
export const every = (ms: number, elapsed: () => number): (() => boolean) => {
  let last = elapsed();
  return () => {
    const now = elapsed();
    if (now - last < ms) return false;
    last = now;
    return true;
  };
};

/** Whom to look at next. `closely`: also when nothing changed, their watchers may see another face. */
export const createAgenda = (elapsed: () => number) => {
  let soon = new Map<string, boolean>();
  const later = new Map<string, { at: number; closely: boolean }>();
  return {
    add: (userId: string, closely = false): void => {
      soon.set(userId, closely || soon.get(userId) === true);
    },
    addLater: (userId: string, ms: number, closely = false): void => {
      later.set(userId, { at: elapsed() + ms, closely: closely || !!later.get(userId)?.closely });
    },
    isEmpty: (): boolean => soon.size === 0,
    /** Moves over what has come due. */
    turn: (): void => {
      for (const [userId, { at, closely }] of later) {
        if (at > elapsed()) continue;
        later.delete(userId);
        soon.set(userId, closely || soon.get(userId) === true);
      }
    },
    take: (): Map<string, boolean> => {
      const taken = soon;
      soon = new Map();
      return taken;
    },
  };
};
