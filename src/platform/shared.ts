import type { Bus } from './bus.ts';
import type { Leases } from './leases.ts';
import type { Limits } from './limits.ts';

/** What processes share besides the store: hints, leases and limits. */
export type Shared = { bus: Bus; leases: Leases; limits: Limits; close(): Promise<void> };
