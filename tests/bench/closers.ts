/** What was opened so far; all of it is closed, the newest first, whatever fails in between. */
export type Closers = {
  add<T extends { close(): Promise<void> }>(opened: T): T;
  close(): Promise<void>;
};

export const createClosers = (): Closers => {
  const opened: { close(): Promise<void> }[] = [];
  return {
    add: (each) => {
      opened.push(each);
      return each;
    },
    close: async () => {
      for (const each of opened.splice(0).reverse()) await each.close();
    },
  };
};

/** Opens several things; when one of them fails, those before it are closed. */
export const opening = async <T>(open: (closers: Closers) => Promise<T>): Promise<T> => {
  const closers = createClosers();
  try {
    return await open(closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
};
