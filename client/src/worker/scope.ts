/** What runs until the promise is settled keeps the worker alive. */
type Lasting = Event & { waitUntil: (work: Promise<unknown>) => void };
export type Fetching = Lasting & {
  request: Request;
  respondWith: (answer: Promise<Response>) => void;
};
export type Told = Lasting & { data: unknown };
type Events = { install: Lasting; activate: Lasting; fetch: Fetching; message: Told };

type Scope = {
  location: Location;
  clients: { claim: () => Promise<void> };
  skipWaiting: () => Promise<void>;
  addEventListener: <E extends keyof Events>(type: E, fn: (event: Events[E]) => void) => void;
};

/** The worker's own world; the types of the DOM know only the page's. */
export const scope = globalThis as unknown as Scope;
