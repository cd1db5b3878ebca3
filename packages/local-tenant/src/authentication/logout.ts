import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { readLoginRequest } from '../actions/login-request.ts';
import { pageHeaders, renderPage } from '../html.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { logSubject } from '../logs/log-subject.ts';
import type { Sessions } from './sessions.ts';

const Auth0Logout = z.object({ client_id: z.string().optional(), returnTo: z.string().optional() });
const OidcLogout = z.object({
  id_token_hint: z.string().optional(),
  client_id: z.string().optional(),
  post_logout_redirect_uri: z.string().optional(),
  state: z.string().optional(),
});

/**
 * `/v2/logout` and `/oidc/logout`. Both lead only to places that are registered for the client.
 * @see https://openid.net/specs/openid-connect-rpinitiated-1_0.html
 */
export function registerLogout(app: FastifyInstance, context: LocalTenantContext, sessions: Sessions): void {
  const { database, logs } = context;
  const isRegistered = (clientId: string | undefined, target: string): boolean =>
    database.state.clients.some(
      (client) => client.client_id === clientId && client.allowed_logout_urls?.includes(target) === true,
    );
  const refusal = renderPage({
    title: 'Oops',
    content: '<p class="error">The return address is not registered for this client.</p>',
  });
  const unreadable = renderPage({
    title: 'Oops',
    content: '<p class="error">A parameter is there more than once.</p>',
  });
  const goodbye = renderPage({ title: 'Signed out', content: '<p>OK</p>' });

  /** Signs the browser out, and sends it where it may go. */
  const end = (
    request: FastifyRequest,
    reply: FastifyReply,
    clientId: string | undefined,
    target: string | undefined,
  ): boolean => {
    const session = sessions.find(request);
    sessions.end(request, reply);
    const isRefused = target !== undefined && !isRegistered(clientId, target);
    const client = database.state.clients.find(({ client_id: id }) => id === clientId);
    // Nobody was signed in: there is nothing to tell.
    if (session === undefined && !isRefused) return true;
    logs.record({
      type: isRefused ? 'flo' : 'slo',
      description: isRefused
        ? 'The return address is not registered for the client.'
        : 'User successfully logged out',
      ...logSubject(context, {
        request: readLoginRequest(request, {}),
        client,
        user: database.state.users.find(({ user_id: id }) => id === session?.userId),
        connection: session?.connection,
      }),
      details: {
        ...(target !== undefined && { return_to: withoutQuery(target) }),
        ...(isRefused && { allowed_logout_url: client?.allowed_logout_urls ?? [] }),
        ...(session !== undefined && { session_id: session.id }),
      },
    });
    return !isRefused;
  };

  app.get('/v2/logout', (request, reply) => {
    const asked = Auth0Logout.safeParse(request.query);
    if (!asked.success) return reply.code(400).headers(pageHeaders).send(unreadable);
    const { client_id: clientId, returnTo } = asked.data;
    const isAllowed = end(request, reply, clientId, returnTo);
    if (returnTo === undefined) return reply.headers(pageHeaders).send(goodbye);
    return isAllowed ? reply.redirect(returnTo) : reply.code(400).headers(pageHeaders).send(refusal);
  });

  app.get('/oidc/logout', (request, reply) => {
    const asked = OidcLogout.safeParse(request.query);
    if (!asked.success) return reply.code(400).headers(pageHeaders).send(unreadable);
    const { client_id: clientId, post_logout_redirect_uri: target, id_token_hint: hint, state } = asked.data;
    const isAllowed = end(request, reply, clientId ?? audienceOf(hint), target);
    if (target === undefined) return reply.headers(pageHeaders).send(goodbye);
    if (!isAllowed) return reply.code(400).headers(pageHeaders).send(refusal);
    const url = new URL(target);
    if (state !== undefined) url.searchParams.set('state', state);
    return reply.redirect(url.href);
  });
}

/** What follows the path may be anybody's secret. */
function withoutQuery(target: string): string {
  return target.split(/[?#]/)[0] ?? '';
}

/** The hint only finds the client whose registered addresses are then looked up, so its signature need not be good. */
function audienceOf(idToken: string | undefined): string | undefined {
  try {
    const { aud } = decodeJwt(idToken ?? '');
    return Array.isArray(aud) ? aud[0] : aud;
  } catch {
    return undefined;
  }
}
