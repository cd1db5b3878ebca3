import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { Client, User } from '../state/tenant-state.ts';
import { issueClientToken, issueUserToken, type IssuedAccessToken } from './access-token.ts';
import { AuthenticationError, grantRefused, requestRefused } from './authentication-error.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import { authenticateClient, SeenAssertions } from './client-authentication.ts';
import { findDatabaseUser } from './database-login.ts';
import { issueIdToken } from './id-token.ts';
import { issuerOf, originOf } from './issuer.ts';
import { issueRefreshToken, revokeFamily } from './refresh-tokens.ts';

const passwordRealm = 'http://auth0.com/oauth/grant-type/password-realm';

const TokenRequest = z.object({
  grant_type: z.string(),
  audience: z.string().min(1).optional(),
  scope: z.string().optional(),
  code: z.string().default(''),
  code_verifier: z.string().optional(),
  redirect_uri: z.string().optional(),
  refresh_token: z.string().default(''),
  username: z.string().default(''),
  password: z.string().default(''),
});
type TokenRequest = z.infer<typeof TokenRequest>;

const RefreshSettings = z.object({ refresh_token: z.object({ rotation_type: z.string() }) });

/** What every grant gets to work with. */
interface GrantContext {
  readonly context: LocalTenantContext;
  readonly codes: AuthorizationCodes;
  readonly issuer: string;
  readonly client: Client;
  readonly body: TokenRequest;
}

interface TokenAnswer extends IssuedAccessToken {
  readonly id_token?: string;
  readonly refresh_token?: string;
}

type Grant = (context: GrantContext) => Promise<TokenAnswer>;

const grants: Readonly<Record<string, Grant>> = {
  authorization_code: redeemCode,
  refresh_token: refresh,
  client_credentials: clientCredentials,
  password: passwordGrant,
  [passwordRealm]: passwordGrant,
};

/**
 * `/oauth/token`, for JSON and for form bodies.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-3.2
 */
export function registerTokenEndpoint(
  app: FastifyInstance,
  context: LocalTenantContext,
  codes: AuthorizationCodes,
): void {
  const seen = new SeenAssertions();
  app.post('/oauth/token', async (request, reply) => {
    const origin = originOf(request, context);
    const parsed = TokenRequest.safeParse(request.body);
    if (!parsed.success) throw requestRefused('Missing required parameter: grant_type');
    const { grant_type: grantType } = parsed.data;
    const grant = grants[grantType];
    if (grant === undefined)
      throw new AuthenticationError(403, 'unsupported_grant_type', `Unsupported grant type: ${grantType}`);
    const client = await authenticateClient(context, request, origin, seen);
    if (client.grant_types?.includes(grantType) !== true) {
      throw new AuthenticationError(
        403,
        'unauthorized_client',
        `Grant type '${grantType}' not allowed for the client.`,
      );
    }
    const answer = await grant({ context, codes, issuer: issuerOf(origin), client, body: parsed.data });
    return reply
      .headers({ 'cache-control': 'no-store', pragma: 'no-cache' })
      .send({ ...answer, token_type: 'Bearer' });
  });
}

async function clientCredentials({ context, issuer, client, body }: GrantContext): Promise<TokenAnswer> {
  if (body.audience === undefined) throw requestRefused('Missing required parameter: audience');
  return issueClientToken(context, {
    issuer,
    client,
    audience: body.audience,
    scope: splitScope(body.scope),
  });
}

async function redeemCode({ context, codes, issuer, client, body }: GrantContext): Promise<TokenAnswer> {
  const redemption = codes.redeem(body.code);
  if (redemption.kind === 'reused') revokeFamily(context, redemption.family);
  if (redemption.kind !== 'good' || redemption.grant.clientId !== client.client_id) {
    throw grantRefused('Invalid authorization code');
  }
  const { grant, family } = redemption;
  if (grant.redirectUri !== body.redirect_uri) throw grantRefused('The redirect URI is wrong.');
  if (grant.codeChallenge !== undefined && !fitsChallenge(body.code_verifier, grant.codeChallenge)) {
    throw grantRefused('Failed to verify code verifier');
  }
  const { scope, nonce, sessionId, audience } = grant;
  const user = findUser(context, grant.userId);
  return issueAll({ context, issuer, client, user, audience, scope, nonce, sessionId, family });
}

async function refresh({ context, issuer, client, body }: GrantContext): Promise<TokenAnswer> {
  const kept = context.database.state.refreshTokens.find(
    (candidate) => candidate.token === body.refresh_token,
  );
  if (kept?.client_id !== client.client_id || kept.revoked)
    throw grantRefused('Unknown or invalid refresh token.');
  const rotates = RefreshSettings.safeParse(client).data?.refresh_token.rotation_type === 'rotating';
  if (rotates && kept.used) {
    // Somebody has a copy: nobody can tell who, so all that came of this login ends (RFC 9700 section 4.14.2).
    revokeFamily(context, kept.family);
    throw grantRefused('Unknown or invalid refresh token.');
  }
  const user = findUser(context, kept.user_id);
  const original = kept.scope.split(' ');
  const scope = splitScope(body.scope)?.filter((value) => original.includes(value)) ?? original;
  const answer = await issueAll({
    context,
    issuer,
    client,
    user,
    audience: kept.audience,
    scope,
    nonce: undefined,
    sessionId: undefined,
  });
  if (!rotates) return answer;
  kept.used = true;
  const { family, client_id, user_id, audience } = kept;
  return {
    ...answer,
    refresh_token: issueRefreshToken(context, { family, client_id, user_id, audience, scope: kept.scope }),
  };
}

async function passwordGrant({ context, issuer, client, body }: GrantContext): Promise<TokenAnswer> {
  const user = findDatabaseUser(context, client, body.username, body.password);
  if (user === undefined) throw grantRefused('Wrong email or password.');
  if (user.blocked === true) throw new AuthenticationError(403, 'unauthorized', 'user is blocked');
  const scope = splitScope(body.scope) ?? ['openid', 'profile', 'email'];
  return issueAll({
    context,
    issuer,
    client,
    user,
    audience: body.audience,
    scope,
    nonce: undefined,
    sessionId: undefined,
    family: user.user_id,
  });
}

/** Everything that one answer to a user's client holds. With `family`, a refresh token too, if it was asked for. */
async function issueAll(request: {
  context: LocalTenantContext;
  issuer: string;
  client: Client;
  user: User;
  audience: string | undefined;
  scope: readonly string[];
  nonce: string | undefined;
  sessionId: string | undefined;
  family?: string;
}): Promise<TokenAnswer> {
  const { context, client, user, audience, scope, family } = request;
  const access = await issueUserToken(context, request);
  const server = context.database.state.resourceServers.find(
    (candidate) => candidate.identifier === audience,
  );
  const mayRefresh =
    scope.includes('offline_access') &&
    client.grant_types?.includes('refresh_token') === true &&
    (audience === undefined || server?.allow_offline_access === true);
  const grant = { client_id: client.client_id, user_id: user.user_id, audience, scope: scope.join(' ') };
  return {
    ...access,
    ...(scope.includes('openid') && { id_token: await issueIdToken(context, request) }),
    ...(mayRefresh &&
      family !== undefined && { refresh_token: issueRefreshToken(context, { ...grant, family }) }),
  };
}

function findUser({ database }: LocalTenantContext, userId: string): User {
  const user = database.state.users.find((candidate) => candidate.user_id === userId);
  if (user === undefined) throw grantRefused('The user is gone.');
  if (user.blocked === true) throw new AuthenticationError(403, 'unauthorized', 'user is blocked');
  return user;
}

/** PKCE with S256 (RFC 7636 section 4.6). */
function fitsChallenge(verifier: string | undefined, challenge: string): boolean {
  if (verifier === undefined) return false;
  const expected = Buffer.from(challenge);
  const actual = Buffer.from(createHash('sha256').update(verifier).digest('base64url'));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function splitScope(scope: string | undefined): string[] | undefined {
  return scope?.split(' ').filter((value) => value !== '');
}
