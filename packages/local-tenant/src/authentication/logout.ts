import type { FastifyInstance } from 'fastify';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { pageHeaders, renderPage } from '../html.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
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
export function registerLogout(
  app: FastifyInstance,
  { database }: LocalTenantContext,
  sessions: Sessions,
): void {
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

  app.get('/v2/logout', (request, reply) => {
    const asked = Auth0Logout.safeParse(request.query);
    if (!asked.success) return reply.code(400).headers(pageHeaders).send(unreadable);
    const { client_id: clientId, returnTo } = asked.data;
    sessions.end(request, reply);
    if (returnTo === undefined) return reply.headers(pageHeaders).send(goodbye);
    return isRegistered(clientId, returnTo)
      ? reply.redirect(returnTo)
      : reply.code(400).headers(pageHeaders).send(refusal);
  });

  app.get('/oidc/logout', (request, reply) => {
    const asked = OidcLogout.safeParse(request.query);
    if (!asked.success) return reply.code(400).headers(pageHeaders).send(unreadable);
    const { client_id: clientId, post_logout_redirect_uri: target, id_token_hint: hint, state } = asked.data;
    sessions.end(request, reply);
    if (target === undefined) return reply.headers(pageHeaders).send(goodbye);
    if (!isRegistered(clientId ?? audienceOf(hint), target))
      return reply.code(400).headers(pageHeaders).send(refusal);
    const url = new URL(target);
    if (state !== undefined) url.searchParams.set('state', state);
    return reply.redirect(url.href);
  });
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
