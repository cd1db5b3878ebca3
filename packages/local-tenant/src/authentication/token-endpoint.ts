import type { FastifyInstance } from 'fastify';
import { readLoginRequest } from '../actions/login-request.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { tokenVaultGrant, tokenVaultGrantType } from '../token-vault/token-exchange.ts';
import { issueClientToken } from './access-token.ts';
import { AuthenticationError, requestRefused } from './authentication-error.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import { authenticateClient, SeenAssertions } from './client-authentication.ts';
import { logExchange, logRefusedExchange } from './exchange-logs.ts';
import { splitScope, TokenRequest, type Grant, type LearnedOfExchange } from './grant.ts';
import { issuerOf, originOf } from './issuer.ts';
import { codeGrant, passwordGrant, refreshGrant } from './user-grants.ts';

const passwordRealm = 'http://auth0.com/oauth/grant-type/password-realm';

/**
 * `/oauth/token`, for JSON and for form bodies.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-3.2
 */
export function registerTokenEndpoint(
  app: FastifyInstance,
  context: LocalTenantContext,
  codes: AuthorizationCodes,
): void {
  const assertions = new SeenAssertions();
  const grants = new Map<string, Grant>([
    ['authorization_code', codeGrant(codes)],
    ['refresh_token', refreshGrant],
    ['client_credentials', clientCredentialsGrant],
    ['password', passwordGrant],
    [passwordRealm, passwordGrant],
    [tokenVaultGrantType, tokenVaultGrant()],
  ]);
  app.post('/oauth/token', async (request, reply) => {
    const origin = originOf(request, context);
    const parsed = TokenRequest.safeParse(request.body);
    if (!parsed.success) throw requestRefused('Missing required parameter: grant_type');
    const { grant_type: grantType } = parsed.data;
    const grant = grants.get(grantType);
    if (grant === undefined)
      throw new AuthenticationError(403, 'unsupported_grant_type', `Unsupported grant type: ${grantType}`);
    const client = await authenticateClient(context, request, origin, assertions);
    if (client.grant_types?.includes(grantType) !== true) {
      throw new AuthenticationError(
        403,
        'unauthorized_client',
        `Grant type '${grantType}' not allowed for the client.`,
      );
    }
    const learned: LearnedOfExchange = {};
    const seen = readLoginRequest(request, { body: parsed.data });
    const exchange = { client, body: parsed.data, request: seen, learned };
    const answer = await grant({ context, origin, issuer: issuerOf(origin), ...exchange }).catch(
      (error: unknown) => {
        logRefusedExchange(
          context,
          exchange,
          error instanceof AuthenticationError ? error.message : 'Internal error',
        );
        throw error;
      },
    );
    logExchange(context, exchange, answer);
    return reply
      .headers({ 'cache-control': 'no-store', pragma: 'no-cache' })
      .send({ ...answer, token_type: 'Bearer' });
  });
}

const clientCredentialsGrant: Grant = async ({ context, issuer, client, body }) => {
  if (body.audience === undefined) throw requestRefused('Missing required parameter: audience');
  return issueClientToken(context, {
    issuer,
    client,
    audience: body.audience,
    scope: splitScope(body.scope),
  });
};
