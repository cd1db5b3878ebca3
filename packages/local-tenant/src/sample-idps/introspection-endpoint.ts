import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { deadReason, send } from './api.ts';
import { isTheTenant } from './is-the-tenant.ts';
import type { SampleIdpToken } from './sample-idp-state.ts';
import { findSampleToken } from './sample-idp-store.ts';
import type { IdpAnswer, SampleIdp } from './sample-idp.ts';

const IntrospectionRequest = z.union([
  z.object({ token: z.string() }),
  z.object({ access_token: z.string() }).transform(({ access_token: token }) => ({ token })),
]);

/**
 * The IdP's introspection endpoint, where it has one: tells the tenant's client whether a token is alive.
 * @see https://datatracker.ietf.org/doc/html/rfc7662#section-2
 */
export function registerIntrospectionEndpoint(
  app: FastifyInstance,
  context: LocalTenantContext,
  idp: SampleIdp,
): void {
  const { introspection } = idp;
  if (introspection === undefined) return;
  app.post(introspection.path, (request, reply) => {
    if (!isTheTenant(idp.strategy, introspection.clientAuthentication, request)) {
      return send(reply, {
        status: 401,
        body: { error: 'invalid_client', error_description: 'The client was refused.' },
        headers: { 'www-authenticate': 'Basic realm="introspection"' },
      });
    }
    const { data: asked } = IntrospectionRequest.safeParse(request.body);
    if (asked === undefined) return send(reply, { status: 400, body: { error: 'invalid_request' } });
    const token = findSampleToken(context, asked.token);
    const isLive = deadReason(idp, token, context.clock.now()) === undefined;
    return send(reply, (introspection.answer ?? standardAnswer)(isLive ? token : undefined));
  });
}

/** RFC 7662 section 2.2. */
function standardAnswer(token: SampleIdpToken | undefined): IdpAnswer {
  if (token === undefined) return { status: 200, body: { active: false } };
  const { scope, clientId, accountId, expiresAt, issuedAt } = token;
  return {
    status: 200,
    body: {
      active: true,
      scope: scope.join(' '),
      client_id: clientId,
      token_type: 'Bearer',
      ...(expiresAt !== undefined && { exp: Math.floor(expiresAt / 1000) }),
      iat: Math.floor(issuedAt / 1000),
      sub: accountId,
    },
  };
}
