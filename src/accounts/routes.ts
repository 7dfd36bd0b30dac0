import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { clearSessionCookie, setSessionCookie } from '../edge/credentials.ts';
import { requireActor, typed } from '../edge/http.ts';
import { Id, listOf } from '../wire/contract.ts';
import {
  AdminClaim,
  CreatedToken,
  EmailVerification,
  LogIn,
  MailedToken,
  MailPromise,
  Me,
  MeChange,
  NewToken,
  PasswordChange,
  PasswordReset,
  PasswordResetRequest,
  Session,
  SignUp,
  Token,
} from './contract.ts';
import type { Accounts, Device } from './service.ts';

const ById = z.strictObject({ id: Id });
const Nothing = z.null();
/** Bodies that carry a password or a secret are small. */
const bodyLimit = 4 * 1_024;
const promise = { detail: 'Check your mail.' };

type Options = { accounts: Accounts; config: { secure: boolean; sessionDays: number } };
type App = ReturnType<typeof typed>;

export const accountsRoutes =
  (options: Options): FastifyPluginAsync =>
  async (instance) => {
    const app = typed(instance);
    addSignIn(app, options);
    addSessions(app, options);
    addTokens(app, options);
    addMe(app, options);
    addProofs(app, options);
    addPasswords(app, options);
  };

const addSignIn = (app: App, { accounts, config }: Options) => {
  app.post(
    '/api/accounts',
    { schema: { body: SignUp, response: { 201: Me } }, config: { limit: 'signup' }, bodyLimit },
    async (request, reply) => {
      const { me, secret } = await accounts.signUp(request.body, deviceOf(request));
      keepCookie(reply, secret, config);
      return reply.code(201).send(me);
    },
  );
  app.post(
    '/api/sessions',
    { schema: { body: LogIn, response: { 201: Me } }, config: { limit: 'login' }, bodyLimit },
    async (request, reply) => {
      const { me, secret } = await accounts.logIn(request.body, deviceOf(request));
      keepCookie(reply, secret, config);
      return reply.code(201).send(me);
    },
  );
};

const addSessions = (app: App, { accounts, config }: Options) => {
  app.get('/api/sessions', { schema: { response: { 200: listOf(Session) } } }, async (request) => ({
    items: await accounts.sessions(requireActor(request)),
    next: null,
  }));
  app.delete(
    '/api/sessions/current',
    { schema: { response: { 204: Nothing } } },
    async (request, reply) => {
      await accounts.logOut(requireActor(request));
      clearSessionCookie(reply, config.secure);
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/api/sessions/:id',
    { schema: { params: ById, response: { 204: Nothing } } },
    async (request, reply) => {
      await accounts.endSession(requireActor(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/api/sessions',
    { schema: { response: { 204: Nothing } } },
    async (request, reply) => {
      await accounts.endOtherSessions(requireActor(request));
      return reply.code(204).send(null);
    },
  );
};

const addTokens = (app: App, { accounts }: Options) => {
  app.post(
    '/api/tokens',
    { schema: { body: NewToken, response: { 201: CreatedToken } }, bodyLimit },
    async (request, reply) =>
      reply.code(201).send(await accounts.createToken(requireActor(request), request.body.name)),
  );
  app.get('/api/tokens', { schema: { response: { 200: listOf(Token) } } }, async (request) => ({
    items: await accounts.tokens(requireActor(request)),
    next: null,
  }));
  app.delete(
    '/api/tokens/:id',
    { schema: { params: ById, response: { 204: Nothing } } },
    async (request, reply) => {
      await accounts.deleteToken(requireActor(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
};

const addMe = (app: App, { accounts, config }: Options) => {
  app.get('/api/me', { schema: { response: { 200: Me } } }, (request) =>
    accounts.me(requireActor(request)),
  );
  app.patch('/api/me', { schema: { body: MeChange, response: { 200: Me } } }, (request) =>
    accounts.changeMe(requireActor(request), request.body),
  );
  app.post(
    '/api/me/administration',
    {
      schema: { body: AdminClaim, response: { 200: Me } },
      config: { limit: 'login' },
      bodyLimit,
    },
    async (request, reply) => {
      const actor = requireActor(request);
      keepCookie(
        reply,
        (await accounts.claimAdministration(actor, request.body.token)).secret,
        config,
      );
      return accounts.me(actor);
    },
  );
};

const addProofs = (app: App, { accounts }: Options) => {
  app.post(
    '/api/me/email-verification',
    {
      schema: { body: EmailVerification, response: { 204: Nothing } },
      config: { limit: 'login' },
      bodyLimit,
    },
    async (request, reply) => {
      await accounts.verifyEmail(request.body.token);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/me/email-verification/mail',
    { schema: { response: { 202: MailPromise } }, config: { limit: 'login' } },
    async (request, reply) => {
      await accounts.sendProofAgain(requireActor(request));
      return reply.code(202).send(promise);
    },
  );
};

const addPasswords = (app: App, { accounts, config }: Options) => {
  app.post(
    '/api/me/password',
    {
      schema: { body: PasswordChange, response: { 204: Nothing } },
      config: { limit: 'login' },
      bodyLimit,
    },
    async (request, reply) => {
      const { secret } = await accounts.changePassword(requireActor(request), request.body);
      keepCookie(reply, secret, config);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/password-resets',
    {
      schema: { body: PasswordResetRequest, response: { 202: MailPromise } },
      config: { limit: 'login' },
      bodyLimit,
    },
    async (request, reply) => {
      await accounts.askForReset(request.body.email);
      return reply.code(202).send(promise);
    },
  );
  app.post(
    '/api/password-resets/:token',
    {
      schema: {
        params: z.strictObject({ token: MailedToken }),
        body: PasswordReset,
        response: { 204: Nothing },
      },
      config: { limit: 'login' },
      bodyLimit,
    },
    async (request, reply) => {
      await accounts.resetPassword(request.params.token, request.body.password);
      return reply.code(204).send(null);
    },
  );
};

const keepCookie = (reply: FastifyReply, secret: string, config: Options['config']) =>
  setSessionCookie(reply, secret, { secure: config.secure, days: config.sessionDays });

const deviceOf = (request: FastifyRequest): Device => ({
  ip: request.ip,
  agent: request.headers['user-agent'] ?? '',
});
