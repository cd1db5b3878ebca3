import { SignJWT } from 'jose';
import { z } from 'zod';
import { allowedClaims } from '../actions/token-customization.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { Client, User } from '../state/tenant-state.ts';
import { currentSigningKey } from './signing-keys.ts';

const JwtConfiguration = z.object({ jwt_configuration: z.object({ alg: z.string() }) });
const lifetimeSeconds = 36_000;

/** What an ID token is made for. */
export interface IdTokenRequest {
  readonly issuer: string;
  readonly client: Client;
  readonly user: User;
  readonly scope: readonly string[];
  readonly nonce: string | undefined;
  readonly sessionId: string | undefined;
  /** What Actions set. */
  readonly customClaims?: Readonly<Record<string, unknown>>;
}

/**
 * An ID token, by RS256, or by HS256 with the client's secret where the client is set so.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDToken
 */
export async function issueIdToken(context: LocalTenantContext, request: IdTokenRequest): Promise<string> {
  const { client, user, scope, nonce, sessionId } = request;
  const issuedAt = Math.floor(context.clock.now() / 1000);
  const token = new SignJWT({
    ...userClaims(user, scope),
    ...allowedClaims(request.customClaims ?? {}),
    ...(nonce !== undefined && { nonce }),
    ...(sessionId !== undefined && { sid: sessionId }),
  })
    .setIssuer(request.issuer)
    .setSubject(user.user_id)
    .setAudience(client.client_id)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds);
  const algorithm = JwtConfiguration.safeParse(client).data?.jwt_configuration.alg;
  if (algorithm === 'HS256' && client.client_secret !== undefined) {
    return token
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(new TextEncoder().encode(client.client_secret));
  }
  const { kid, key } = await currentSigningKey(context);
  return token.setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid }).sign(key);
}

/** The claims that `profile` and `email` open, for ID tokens and `/userinfo`. */
export function userClaims(user: User, scope: readonly string[]): Record<string, unknown> {
  const profile = {
    name: user.name,
    nickname: user.nickname,
    given_name: user.given_name,
    family_name: user.family_name,
    picture: user.picture,
    updated_at: user.updated_at,
  };
  const email = { email: user.email, email_verified: user.email_verified };
  return Object.fromEntries(
    Object.entries({
      ...(scope.includes('profile') && profile),
      ...(scope.includes('email') && email),
    }).filter(([, value]) => value !== undefined),
  );
}
