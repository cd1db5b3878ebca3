import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { pageHeaders, renderPage } from '../html.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { answerClient } from './authorization-answer.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import type { AuthorizationError } from './authorization-error.ts';
import { AuthorizationRequest, findClient, findError } from './authorization-request.ts';
import { findDatabaseUser, recordLogin } from './database-login.ts';
import { chooseIdp, connectionsOf, databasesOf } from './enabled-connections.ts';
import { finishLogin, type KnownLogin } from './finish-login.ts';
import { idpAuthorizationUrl } from './idp-authorization-url.ts';
import { originOf } from './issuer.ts';
import { logLogin, readAuthorization } from './login-logs.ts';
import { renderLoginPage } from './login-page.ts';
import type { Sessions } from './sessions.ts';
import { finishSocialLogin } from './social-login.ts';

const LoginForm = z.object({
  transaction: z.string(),
  connection: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
});
const Callback = z.object({ state: z.string(), code: z.string().optional(), error: z.string().optional() });

/**
 * `/authorize` and the pages that follow it: login page, IdP and back.
 * @see https://auth0.com/docs/api/authentication#authorization-code-flow-with-pkce
 */
export function registerAuthorize(
  app: FastifyInstance,
  context: LocalTenantContext,
  codes: AuthorizationCodes,
  sessions: Sessions,
): void {
  const { state } = context.database;

  const toIdp = (
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    connectionName: string,
  ): FastifyReply => {
    const transaction = sessions.findTransaction(request, id);
    const client = transaction && findClient(state, transaction.request);
    if (transaction === undefined || client === undefined)
      return showProblem(reply, 'This sign-in is over. Begin again.');
    const chosen = chooseIdp(state, client, connectionName);
    if ('error' in chosen) {
      sessions.finish(id);
      return answerClient(reply, transaction.request, { ...chosen });
    }
    transaction.connection = connectionName;
    return reply.redirect(
      idpAuthorizationUrl(context, originOf(request, context), chosen, transaction.request, id),
    );
  };

  const finish = (request: FastifyRequest, reply: FastifyReply, login: KnownLogin): Promise<FastifyReply> =>
    finishLogin(context, codes, request, reply, login);

  const showLogin = (
    reply: FastifyReply,
    asked: AuthorizationRequest,
    id: string,
    problem?: string,
  ): FastifyReply => {
    const client = findClient(state, asked);
    if (client === undefined) return showProblem(reply, 'Unknown client.');
    const page = renderLoginPage({
      client,
      connections: connectionsOf(state, client),
      transaction: id,
      hint: asked.login_hint,
      sampleUsers: state.users.filter((user) => user.password !== undefined),
      ...(problem !== undefined && { problem }),
    });
    return reply
      .code(problem === undefined ? 200 : 401)
      .headers(pageHeaders)
      .send(page);
  };

  app.get('/authorize', async (request, reply) => {
    originOf(request, context);
    const parsed = AuthorizationRequest.safeParse(request.query);
    const client = parsed.success ? findClient(state, parsed.data) : undefined;
    if (!parsed.success || client === undefined) {
      return showProblem(reply, 'Unknown client_id, or a redirect_uri that is not among its callbacks.');
    }
    const asked = parsed.data;
    const error = findError(state, client, asked);
    if (error !== undefined) return answerClient(reply, asked, { ...error });

    const session = sessions.find(request);
    const user = state.users.find((candidate) => candidate.user_id === session?.userId);
    const isRecent =
      session !== undefined &&
      (context.clock.now() - session.startedAt) / 1000 <= (asked.max_age ?? Infinity);
    const mayReuse =
      asked.connection === undefined && !['login', 'consent', 'select_account'].includes(asked.prompt ?? '');
    if (session !== undefined && user !== undefined && isRecent && mayReuse)
      return finish(request, reply, { client, asked, user, session });
    if (asked.prompt === 'none') {
      const silent = { request: readAuthorization(request, asked), client, audience: asked.audience ?? '' };
      const loginRequired = { error: 'login_required', error_description: 'Login required' };
      logLogin(context, 'fsa', silent, { error: loginRequired });
      return answerClient(reply, asked, loginRequired);
    }
    const id = sessions.begin(request, reply, asked);
    const { connection } = asked;
    if (connection === undefined || databasesOf(state, client).includes(connection))
      return showLogin(reply, asked, id);
    // The cookie that binds the browser is on its way with this very answer.
    return reply.redirect(`/u/login?${new URLSearchParams({ transaction: id, connection }).toString()}`);
  });

  app.get('/u/login', (request, reply) => {
    const { success, data } = LoginForm.safeParse(request.query);
    return success && data.connection !== undefined
      ? toIdp(request, reply, data.transaction, data.connection)
      : showProblem(reply, 'This sign-in is over. Begin again.');
  });

  app.post('/u/login', async (request, reply) => {
    const form = LoginForm.safeParse(request.body);
    const transaction = form.success ? sessions.findTransaction(request, form.data.transaction) : undefined;
    if (!form.success || transaction === undefined)
      return showProblem(reply, 'This sign-in is over. Begin again.');
    if (form.data.connection !== undefined)
      return toIdp(request, reply, form.data.transaction, form.data.connection);
    const { username = '', password = '' } = form.data;
    const client = findClient(state, transaction.request);
    if (client === undefined) return showProblem(reply, 'Unknown client.');
    const user = findDatabaseUser(context, client, username, password);
    const [database] = databasesOf(state, client);
    if (user === undefined) {
      const known = state.users.find(({ email, password: own }) => email === username && own !== undefined);
      logLogin(context, known === undefined ? 'fu' : 'fp', {
        request: readAuthorization(request, transaction.request),
        client,
        user: known,
        connection: database,
        userName: username,
      });
      const asked = { ...transaction.request, login_hint: username };
      return showLogin(reply, asked, form.data.transaction, 'Wrong e-mail or password.');
    }
    sessions.finish(form.data.transaction);
    recordLogin(context, user, request.ip);
    const connection = user.identities[0]?.connection ?? '';
    const session = sessions.start(reply, user.user_id, connection, context.clock.now());
    return finish(request, reply, { client, asked: transaction.request, user, session });
  });

  app.get('/login/callback', async (request, reply) => {
    const callback = Callback.safeParse(request.query);
    const transaction = callback.success ? sessions.findTransaction(request, callback.data.state) : undefined;
    const client = transaction && findClient(state, transaction.request);
    if (!callback.success || transaction?.connection === undefined || client === undefined) {
      return showProblem(reply, 'This sign-in is over, or was begun in another browser. Begin again.');
    }
    sessions.finish(callback.data.state);
    const { request: asked, connection } = transaction;
    const subject = { request: readAuthorization(request, asked), client, connection };
    const refuse = (refusal: AuthorizationError): FastifyReply => {
      logLogin(context, 'f', subject, { error: refusal });
      return answerClient(reply, asked, { ...refusal });
    };
    const { code, error = 'access_denied' } = callback.data;
    if (code === undefined) return refuse({ error, error_description: 'The IdP refused the login.' });
    const chosen = chooseIdp(state, client, connection);
    if ('error' in chosen) return refuse(chosen);
    const login = await finishSocialLogin(context, originOf(request, context), chosen, code);
    if (!('user' in login)) return refuse(login);
    const { user, isNew } = login;
    if (isNew) logLogin(context, 'ss', { ...subject, user });
    recordLogin(context, user, request.ip);
    const session = sessions.start(reply, user.user_id, connection, context.clock.now());
    return finish(request, reply, { client, asked, user, session });
  });
}

/** A page instead of a redirect: there is nobody to whom an answer may be sent. */
function showProblem(reply: FastifyReply, problem: string): FastifyReply {
  const page = renderPage({ title: 'Oops', content: `<p class="error" role="alert">${problem}</p>` });
  return reply.code(400).headers(pageHeaders).send(page);
}
