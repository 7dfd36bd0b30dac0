import type { FastifyError, FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { DomainError } from '../errors.ts';
import type { ErrorCode, Problem } from '../wire/contract.ts';

export const statusOf: Record<ErrorCode, number> = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported: 415,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
};

const titles: Record<ErrorCode, string> = {
  bad_request: 'The request is not valid',
  unauthorized: 'Not signed in',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  conflict: 'Conflict',
  too_large: 'Too large',
  unsupported: 'Not supported',
  rate_limited: 'Too many requests',
  unavailable: 'Not available now',
  internal: 'Something went wrong here',
};

const codeOfStatus = new Map(Object.entries(statusOf).map(([code, status]) => [status, code]));

const fromFastify = (error: FastifyError): DomainError | null => {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((each) => ({
      path: each.instancePath.replace(/^\//, '').replaceAll('/', '.'),
      message: each.message ?? 'is not valid',
    }));
    const [first] = errors;
    const detail = first ? `${first.path || error.validationContext}: ${first.message}` : '';
    return new DomainError('bad_request', detail, { errors });
  }
  const status = error.statusCode ?? 500;
  if (status < 400 || status >= 500) return null;
  const code = (codeOfStatus.get(status) ?? 'bad_request') as ErrorCode;
  return new DomainError(code, error.message);
};

/** The refusal in an error, or null for a defect. */
export const asRefusal = (error: unknown): DomainError | null =>
  error instanceof DomainError ? error : fromFastify(error as FastifyError);

export const internal = new DomainError('internal', 'Please try again; it has been written down.');

export const problemOf = ({ code, message, details }: DomainError): Problem => ({
  type: 'about:blank',
  title: titles[code],
  status: statusOf[code],
  code,
  detail: message,
  ...(details.errors && { errors: details.errors }),
  ...(details.current !== undefined && { current: details.current }),
});

/** When to try again, in whole seconds, where a refusal knows it. */
export const setRetryAfter = (reply: FastifyReply, { details }: DomainError): void => {
  const { retryAfterMs } = details;
  if (retryAfterMs === undefined) return;
  reply.header('retry-after', String(Math.max(1, Math.ceil(retryAfterMs / 1_000))));
};

/** Answers with application/problem+json. */
export const sendProblem = (reply: FastifyReply, error: DomainError): FastifyReply => {
  setRetryAfter(reply, error);
  return reply
    .code(statusOf[error.code])
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(problemOf(error));
};
