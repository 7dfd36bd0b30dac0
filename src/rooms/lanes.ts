export type Lanes = {
  /** Runs tasks of one key one after another, in the order of the calls; keys do not wait. */
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
};

export const createLanes = (): Lanes => {
  const last = new Map<string, Promise<unknown>>();
  return {
    run: async (key, task) => {
      const before = last.get(key) ?? Promise.resolve();
      const mine = before.then(task, task);
      last.set(key, mine);
      try {
        return await mine;
      } finally {
        if (last.get(key) === mine) last.delete(key);
      }
    },
  };
};
