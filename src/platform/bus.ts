/** Hints between processes. It may lose anything at any time: nothing durable depends on it. */
export type Bus = {
  readonly kind: 'memory' | 'redis';
  /** Tells the other processes; never throws, never waits, never comes back to its sender. */
  publish(channel: string, message: string): void;
  /** Hears a channel until the returned function is called. */
  subscribe(channel: string, listener: (message: string) => void): () => void;
  /** Called when messages may have been missed: whoever relies on hints must look again. */
  onGap(listener: () => void): void;
  healthy(): boolean;
  close(): Promise<void>;
};

const nothing = () => {};

/** The bus of a single process: there is nobody else to tell. */
export const createMemoryBus = (): Bus => ({
  kind: 'memory',
  publish: () => {},
  subscribe: () => nothing,
  onGap: () => {},
  healthy: () => true,
  close: async () => {},
});
