import type { IncomingMessage, ServerResponse } from 'node:http';
import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import helmet from 'helmet';
import type { Config } from '../config.ts';
import { type DomainError, forbidden, notFound, unauthorized } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Actor } from '../platform/actor.ts';
import type { Limits } from '../platform/limits.ts';
import { trusted } from './address.ts';
import { type Authenticate, type Credentials, credentialsOf } from './credentials.ts';
import { type LimitName, spend } from './limits.ts';
import { packTexts } from './packing.ts';
import { asRefusal, internal, sendProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null;
  }
  interface FastifyContextConfig {
    /** Which bucket a call takes from; under /api/ by default `reads` or `writes`. */
    limit?: LimitName;
  }
  interface FastifyInstance {
    /** How a browser is shown a refusal; problem+json until the pages set it. */
    errorPage: { show: ShowError | null };
  }
}

/** Answers with a page that says what went wrong; rejects when it cannot. */
export type ShowError = (
  request: FastifyRequest,
  reply: FastifyReply,
  error: DomainError,
) => Promise<FastifyReply>;

export type Http = FastifyInstance;
/** Inside a routes plugin: `const app = typed(instance)` gives handlers their parsed types. */
export const typed = (app: FastifyInstance) => app.withTypeProvider<ZodTypeProvider>();

/** The actor of a request that needs one; throws unauthorized. */
export const requireActor = (request: FastifyRequest): Actor => {
  if (!request.actor) throw unauthorized();
  return request.actor;
};

const KIB = 1_024;
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

const contentSecurity = (config: Config) => ({
  useDefaults: false,
  directives: {
    defaultSrc: [`'none'`],
    scriptSrc: [`'self'`],
    styleSrc: [`'self'`],
    imgSrc: [`'self'`, 'data:'],
    fontSrc: [`'self'`],
    connectSrc: [`'self'`, ...config.origins.map((origin) => origin.replace(/^http/, 'ws'))],
    manifestSrc: [`'self'`],
    workerSrc: [`'self'`],
    baseUri: [`'none'`],
    objectSrc: [`'none'`],
    formAction: [`'self'`],
    frameAncestors: [`'none'`],
  },
});

/** What helmet says of every answer, said once. */
const securityHeaders = (config: Config): Record<string, string> => {
  const headers: Record<string, string> = {
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  };
  const answer = {
    setHeader: (name: string, value: string) => void (headers[name.toLowerCase()] = value),
    removeHeader: () => {},
  };
  const protect = helmet({
    contentSecurityPolicy: contentSecurity(config),
    hsts: config.secure,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
  protect({} as IncomingMessage, answer as unknown as ServerResponse, (error) => {
    if (error) throw error;
  });
  return headers;
};

const secure = async (app: FastifyInstance, config: Config) => {
  await app.register(cookie);
  const headers = securityHeaders(config);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
};

/** A foreign page must not act with a reader's cookie: unsafe calls prove where they come from. */
const refuseForeign = (request: FastifyRequest, origins: readonly string[]) => {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const own =
    site === undefined ? origin !== undefined && origins.includes(origin) : site === 'same-origin';
  if (!own) throw forbidden('This call must come from the site itself.');
};

type Options = { config: Config; log: Logger; limits: Limits; authenticate: Authenticate };

/** Which bucket a request takes from; none for files. */
const limitOf = ({ url, method, routeOptions }: FastifyRequest): LimitName | null => {
  const { limit } = routeOptions.config;
  if (limit || !url.startsWith('/api/')) return limit ?? null;
  return safeMethods.has(method) ? 'reads' : 'writes';
};

const guard = (app: FastifyInstance, { config, limits, authenticate }: Options) => {
  app.decorateRequest('actor', null);
  const count = (request: FastifyRequest): void | Promise<void> => {
    const name = limitOf(request);
    if (name) return spend(limits, name, { actor: request.actor, ip: request.ip });
  };
  const identify = async (request: FastifyRequest, credentials: Credentials) => {
    const isApi = request.url.startsWith('/api/');
    if (isApi || credentials.session) request.actor = await authenticate(credentials);
    if (credentials.token && !request.actor) throw unauthorized('This token is not valid.');
    await count(request);
  };
  const admit = (request: FastifyRequest): void | Promise<void> => {
    const credentials = credentialsOf(request.headers, config.secure);
    if (!safeMethods.has(request.method) && !credentials.token)
      refuseForeign(request, config.origins);
    const { session, token } = credentials;
    return session || token ? identify(request, credentials) : count(request);
  };
  // Visitors are admitted at once, without a promise: there is nothing to wait for.
  app.addHook('onRequest', (request, _reply, done) => {
    const admitted = admit(request);
    if (admitted) admitted.then(() => done(), done);
    else done();
  });
};

const wantsPage = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !url.startsWith('/api/') &&
  (headers.accept ?? '').includes('text/html');

const answerErrors = (app: FastifyInstance, log: Logger) => {
  const errorPage: FastifyInstance['errorPage'] = { show: null };
  app.decorate('errorPage', errorPage);
  const answer = async (request: FastifyRequest, reply: FastifyReply, error: DomainError) => {
    if (!errorPage.show || !wantsPage(request)) return sendProblem(reply, error);
    try {
      return await errorPage.show(request, reply, error);
    } catch (failure) {
      log.error({ err: failure, url: request.url }, 'the error page failed');
      return sendProblem(reply, error);
    }
  };
  app.setErrorHandler((error, request, reply) => {
    const refusal = asRefusal(error);
    if (!refusal)
      log.error({ err: error, method: request.method, url: request.url }, 'request failed');
    return answer(request, reply, refusal ?? internal);
  });
  app.setNotFoundHandler((request, reply) => answer(request, reply, notFound('page')));
};

/** The HTTP layer before any feature: limits, headers, who asks, and how refusals look. */
export const createHttp = async (options: Options): Promise<FastifyInstance> => {
  const { config, log } = options;
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trusted(config.trustProxy),
    bodyLimit: 64 * KIB,
    requestTimeout: 20_000,
    http: { maxHeaderSize: 16 * KIB },
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, _request, reply) =>
      void sendProblem(reply as FastifyReply, asRefusal(error) ?? internal),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser('text/plain');
  await secure(app, config);
  packTexts(app);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Lyceum', version: config.version },
      servers: [{ url: config.origins[0] ?? '' }],
    },
    transform: jsonSchemaTransform,
  });
  guard(app, options);
  answerErrors(app, log);
  return app;
};
