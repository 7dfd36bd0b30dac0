import type { Logger } from '../log.ts';

export type Hook<T> = {
  on(listener: (fact: T) => void | Promise<void>): void;
  /** Tells every listener; resolves when all are done. A failing listener is logged, never thrown. */
  emit(fact: T): Promise<void>;
};

/** How an earlier feature lets later ones know, without knowing them. */
export const createHook = <T>(log: Logger, name: string): Hook<T> => {
  const listeners: ((fact: T) => void | Promise<void>)[] = [];
  const tell = async (listener: (fact: T) => void | Promise<void>, fact: T) => {
    try {
      await listener(fact);
    } catch (error) {
      log.error({ err: error, hook: name }, 'a listener failed');
    }
  };
  return {
    on: (listener) => void listeners.push(listener),
    emit: async (fact) => void (await Promise.all(listeners.map((each) => tell(each, fact)))),
  };
};
