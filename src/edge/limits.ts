import type { AskName } from '../contract.ts';
import { rateLimited } from '../errors.ts';
import { type Actor, isNewcomer } from '../platform/actor.ts';
import type { Bucket, Limits } from '../platform/limits.ts';

/** Every limit of the edges. Those of login and sign-up are per address. */
export const buckets = {
  login: { burst: 20, refillMs: 3_000 },
  signup: { burst: 5, refillMs: 720_000 },
  search: { burst: 10, refillMs: 200 },
  writes: { burst: 10, refillMs: 1_000 },
  previews: { burst: 20, refillMs: 250 },
  reads: { burst: 200, refillMs: 20 },
  messages: { burst: 20, refillMs: 100 },
  newcomerMessages: { burst: 5, refillMs: 500 },
  reach: { burst: 5, refillMs: 500 },
  typing: { burst: 4, refillMs: 2_000 },
  joins: { burst: 40, refillMs: 50 },
  light: { burst: 60, refillMs: 100 },
} as const satisfies Record<string, Bucket>;
export type LimitName = keyof typeof buckets;

const ofEvent: Partial<Record<AskName, LimitName>> = {
  'message:send': 'messages',
  'message:edit': 'messages',
  'message:delete': 'messages',
  'message:react': 'messages',
  'room:join': 'joins',
  'article:join': 'joins',
  'room:sync': 'joins',
  'typing:start': 'typing',
  'friend:request': 'reach',
};

export const limitOfEvent = (event: AskName): LimitName => ofEvent[event] ?? 'light';

const narrowed = (name: LimitName, actor: Actor | null, now: number): LimitName =>
  name === 'messages' && actor && isNewcomer(actor, now) ? 'newcomerMessages' : name;

const refuseWait = (wait: number): void => {
  if (wait > 0) throw rateLimited(wait);
};

/** Takes one token for this person, or for this address, at once where it can; throws rate_limited. */
export const spend = (
  limits: Limits,
  name: LimitName,
  who: { actor: Actor | null; ip: string },
): void | Promise<void> => {
  const wanted = narrowed(name, who.actor, Date.now());
  const key = who.actor ? who.actor.userId : who.ip;
  const wait = limits.take(`${wanted}:${key}`, buckets[wanted]);
  return typeof wait === 'number' ? refuseWait(wait) : wait.then(refuseWait);
};
