import type { ZodError } from 'zod';
import { type AskInput, type AskName, type AskOutput, asks } from '../contract.ts';
import { badRequest, DomainError, rateLimited, unauthorized } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Actor } from '../platform/actor.ts';
import type { Connection } from '../platform/connections.ts';
import type { Limits } from '../platform/limits.ts';
import type { Ack, AckError } from '../wire/contract.ts';
import { limitOfEvent, spend } from './limits.ts';
import { internal } from './problem.ts';

/** Who asks, from where. */
export type AskContext = { actor: Actor | null; connection: Connection; ip: string };
/** The actor of an ask that needs one; throws unauthorized. */
export const actorOf = ({ actor }: AskContext): Actor => {
  if (!actor) throw unauthorized();
  return actor;
};

/** A feature's table of socket events: thin handlers over its service. */
export type AskHandlers = {
  [E in AskName]?: (context: AskContext, input: AskInput<E>) => Promise<AskOutput<E>>;
};
type AnyHandler = (context: AskContext, input: unknown) => Promise<unknown>;

/** Asks of one connection under way at once; more than this is a flood. */
const MAX_UNDER_WAY = 64;

const invalid = (error: ZodError): DomainError => {
  const errors = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const [first] = errors;
  return new DomainError('bad_request', first ? `${first.path}: ${first.message}` : 'not valid', {
    errors,
  });
};

const parse = (event: AskName, payload: unknown): unknown => {
  const read = asks[event].input.safeParse(payload);
  if (!read.success) throw invalid(read.error);
  return read.data;
};

const asAckError = ({ code, message, details }: DomainError): AckError => ({
  code,
  message,
  ...(details.retryAfterMs !== undefined && { retryAfterMs: details.retryAfterMs }),
});

type Options = { handlers: AskHandlers; limits: Limits; log: Logger };

/**
 * Answers an ask: validate, spend a token, run, ack exactly once. It never
 * throws, whatever a client sends.
 */
export const createAnswerer = ({ handlers, limits, log }: Options) => {
  const run = async (context: AskContext, event: string, payload: unknown) => {
    const handler = handlers[event as AskName] as AnyHandler | undefined;
    if (!handler || !Object.hasOwn(handlers, event)) throw badRequest('No such event.');
    const input = parse(event as AskName, payload);
    await spend(limits, limitOfEvent(event as AskName), context);
    return handler(context, input);
  };
  const refuse = (error: unknown, event: string): Ack<never> => {
    if (error instanceof DomainError) return { ok: false, error: asAckError(error) };
    log.error({ err: error, event }, 'ask failed');
    return { ok: false, error: asAckError(internal) };
  };
  return async (context: AskContext, event: string, args: unknown[]): Promise<Ack<unknown>> => {
    const { connection } = context;
    const last = args.at(-1);
    const ack = typeof last === 'function' ? (last as (answer: Ack<unknown>) => void) : null;
    const payload = ack && args.length === 1 ? undefined : args[0];
    connection.asking += 1;
    let answer: Ack<unknown>;
    try {
      if (connection.asking > MAX_UNDER_WAY) throw rateLimited(1_000);
      answer = { ok: true, data: await run(context, event, payload) };
    } catch (error) {
      answer = refuse(error, event);
    }
    connection.asking -= 1;
    ack?.(answer);
    return answer;
  };
};
