import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PostLogin } from '../actions/post-login-event.ts';
import { runPostLogin } from '../actions/run-post-login.ts';
import type { TokenCustomization } from '../actions/token-customization.ts';
import { AuthenticationError, grantRefused } from './authentication-error.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import { findDatabaseUser, recordLogin } from './database-login.ts';
import { splitScope, type Grant, type GrantContext } from './grant.ts';
import { rotates } from './refresh-token-settings.ts';
import { findReuse, issueRefreshToken, revokeFamily, useRefreshToken } from './refresh-tokens.ts';
import { findGrantedUser, issueUserTokens } from './user-tokens.ts';

/** Authorization codes, with PKCE. */
export function codeGrant(codes: AuthorizationCodes): Grant {
  return async ({ context, issuer, client, body, learned }) => {
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
    const { scope, nonce, sessionId, audience, connection, customization } = grant;
    Object.assign(learned, { connection, audience });
    const user = findGrantedUser(context, grant.userId);
    learned.user = user;
    const session = { nonce, sessionId, connection, customization };
    return issueUserTokens(context, { issuer, client, user, audience, scope, family, ...session });
  };
}

/** Refresh tokens, with rotation where the client has it. */
export const refreshGrant: Grant = async (request) => {
  const { context, issuer, client, body, learned } = request;
  const reuse = findReuse(context, body.refresh_token);
  const kept = useRefreshToken(context, client, body.refresh_token);
  if (kept === undefined) {
    if (reuse !== undefined) learned.reuse = reuse;
    throw grantRefused('Unknown or invalid refresh token.');
  }
  const user = findGrantedUser(context, kept.user_id);
  const { family, audience } = kept;
  const connection = kept.connection ?? user.identities[0]?.connection ?? '';
  const original = kept.scope.split(' ');
  const scope = splitScope(body.scope)?.filter((value) => original.includes(value)) ?? original;
  const login = { client, user, connection, audience, scope };
  const customization = await askActions(request, {
    ...login,
    protocol: 'oauth2-refresh-token',
    refreshToken: kept,
  });
  const answer = await issueUserTokens(context, { ...login, issuer, customization });
  if (!rotates(client)) return answer;
  const grant = { family, user_id: user.user_id, audience, scope: kept.scope, connection };
  return { ...answer, refresh_token: issueRefreshToken(context, client, grant, kept) };
};

/** E-mail address and password of a database user, for clients that are trusted with them. */
export const passwordGrant: Grant = async (request) => {
  const { context, issuer, client, body } = request;
  const user = findDatabaseUser(context, client, body.username, body.password);
  if (user === undefined) throw grantRefused('Wrong email or password.');
  if (user.blocked === true) throw new AuthenticationError(403, 'unauthorized', 'user is blocked');
  recordLogin(context, user, request.request.ip);
  const scope = splitScope(body.scope) ?? ['openid', 'profile', 'email'];
  const family = randomBytes(12).toString('base64url');
  const connection = user.identities[0]?.connection ?? '';
  const login = { client, user, connection, audience: body.audience, scope };
  const customization = await askActions(request, { ...login, protocol: 'oauth2-password' });
  return issueUserTokens(context, { ...login, issuer, family, customization });
};

/**
 * What post-login Actions make of a login at the token endpoint.
 * @throws AuthenticationError where they refuse it
 */
async function askActions(
  { context, request, learned }: GrantContext,
  login: Omit<PostLogin, 'request'>,
): Promise<TokenCustomization> {
  Object.assign(learned, { user: login.user, connection: login.connection, audience: login.audience });
  const outcome = await runPostLogin(context, { ...login, request });
  learned.executions = outcome.executions;
  if (!outcome.ok) throw new AuthenticationError(403, 'access_denied', outcome.reason);
  return outcome.customization;
}

/** PKCE with S256 (RFC 7636 section 4.6). */
function fitsChallenge(verifier: string | undefined, challenge: string): boolean {
  if (verifier === undefined) return false;
  const expected = Buffer.from(challenge);
  const actual = Buffer.from(createHash('sha256').update(verifier).digest('base64url'));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
