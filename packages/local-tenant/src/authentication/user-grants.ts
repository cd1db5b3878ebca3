import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { AuthenticationError, grantRefused } from './authentication-error.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import { findDatabaseUser } from './database-login.ts';
import { splitScope, type Grant } from './grant.ts';
import { rotates } from './refresh-token-settings.ts';
import { issueRefreshToken, revokeFamily, useRefreshToken } from './refresh-tokens.ts';
import { findGrantedUser, issueUserTokens } from './user-tokens.ts';

/** Authorization codes, with PKCE. */
export function codeGrant(codes: AuthorizationCodes): Grant {
  return async ({ context, issuer, client, body }) => {
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
    const user = findGrantedUser(context, grant.userId);
    return issueUserTokens(context, { issuer, client, user, audience, scope, nonce, sessionId, family });
  };
}

/** Refresh tokens, with rotation where the client has it. */
export const refreshGrant: Grant = async ({ context, issuer, client, body }) => {
  const kept = useRefreshToken(context, client, body.refresh_token);
  if (kept === undefined) throw grantRefused('Unknown or invalid refresh token.');
  const user = findGrantedUser(context, kept.user_id);
  const { family, audience } = kept;
  const original = kept.scope.split(' ');
  const scope = splitScope(body.scope)?.filter((value) => original.includes(value)) ?? original;
  const answer = await issueUserTokens(context, { issuer, client, user, audience, scope });
  if (!rotates(client)) return answer;
  const grant = { family, user_id: user.user_id, audience, scope: kept.scope };
  return { ...answer, refresh_token: issueRefreshToken(context, client, grant, kept) };
};

/** E-mail address and password of a database user, for clients that are trusted with them. */
export const passwordGrant: Grant = async ({ context, issuer, client, body }) => {
  const user = findDatabaseUser(context, client, body.username, body.password);
  if (user === undefined) throw grantRefused('Wrong email or password.');
  if (user.blocked === true) throw new AuthenticationError(403, 'unauthorized', 'user is blocked');
  const scope = splitScope(body.scope) ?? ['openid', 'profile', 'email'];
  const family = randomBytes(12).toString('base64url');
  return issueUserTokens(context, { issuer, client, user, audience: body.audience, scope, family });
};

/** PKCE with S256 (RFC 7636 section 4.6). */
function fitsChallenge(verifier: string | undefined, challenge: string): boolean {
  if (verifier === undefined) return false;
  const expected = Buffer.from(challenge);
  const actual = Buffer.from(createHash('sha256').update(verifier).digest('base64url'));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
