import type { FastifyReply, FastifyRequest } from 'fastify';
import { runPostLogin } from '../actions/run-post-login.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { Client, User } from '../state/tenant-state.ts';
import { answerClient } from './authorization-answer.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import type { AuthorizationError } from './authorization-error.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { logLogin, readAuthorization } from './login-logs.ts';
import type { Session } from './sessions.ts';

/** A browser whose user is known. */
export interface KnownLogin {
  readonly client: Client;
  readonly asked: AuthorizationRequest;
  readonly user: User;
  readonly session: Session;
}

/**
 * Ends a login: post-login Actions have their say, and the client gets a code or learns why not. The browser stays
 * signed in at the tenant even where they deny access, as in Auth0.
 */
export async function finishLogin(
  context: LocalTenantContext,
  codes: AuthorizationCodes,
  httpRequest: FastifyRequest,
  reply: FastifyReply,
  { client, asked, user, session }: KnownLogin,
): Promise<FastifyReply> {
  const request = readAuthorization(httpRequest, asked);
  const scope = asked.scope.split(' ').filter((value) => value !== '');
  const { audience } = asked;
  const subject = { request, client, user, connection: session.connection, audience, scope };
  const isSilent = asked.prompt === 'none';
  const refuse = (error: AuthorizationError, details: object = {}): FastifyReply => {
    logLogin(context, isSilent ? 'fsa' : 'f', subject, { error, details });
    return answerClient(reply, asked, { ...error });
  };
  if (user.blocked === true) return refuse({ error: 'unauthorized', error_description: 'user is blocked' });
  const outcome = await runPostLogin(context, {
    ...subject,
    protocol: 'oidc-basic-profile',
    authorization: asked,
    sessionId: session.id,
  });
  const details = { session_id: session.id, actions: { executions: outcome.executions } };
  if (!outcome.ok) return refuse({ error: 'access_denied', error_description: outcome.reason }, details);
  const code = codes.issue({
    clientId: asked.client_id,
    redirectUri: asked.redirect_uri,
    userId: user.user_id,
    audience,
    scope,
    nonce: asked.nonce,
    codeChallenge: asked.code_challenge,
    sessionId: session.id,
    connection: session.connection,
    customization: outcome.customization,
  });
  logLogin(context, isSilent ? 'ssa' : 's', subject, {
    details: { ...details, stats: { loginsCount: user.logins_count } },
  });
  return answerClient(reply, asked, { code });
}
