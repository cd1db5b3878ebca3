import { z } from 'zod';

/** Who calls, proven by a token. */
export interface VerifiedCaller {
  /** `client` for tokens of client credentials, where nobody has signed in. */
  readonly kind: 'user' | 'client';
  /** Of users: the token's `sub`. */
  readonly userId?: string;
  /** The client that the token was issued to: `azp`, of ID tokens `aud`. */
  readonly clientId: string;
  readonly permissions: ReadonlySet<string>;
  readonly tokenKind: 'access_token' | 'id_token';
  /** Milliseconds since the epoch: the end of the token. */
  readonly expiresAt: number;
}

const AccessTokenClaims = z.object({
  sub: z.string().min(1),
  azp: z.string().min(1),
  gty: z.string().optional(),
  permissions: z.array(z.string()).default([]),
  exp: z.number(),
});

const IdTokenClaims = z.object({
  sub: z.string().min(1),
  aud: z.string().min(1),
  azp: z.string().optional(),
  exp: z.number(),
});

/**
 * Reads the claims of an access token whose signature is good. `undefined` where they are not those of Auth0.
 * @see https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles
 */
export function callerOfAccessToken(claims: unknown): VerifiedCaller | undefined {
  const parsed = AccessTokenClaims.safeParse(claims);
  if (!parsed.success) return undefined;
  const { sub, azp, gty, permissions, exp } = parsed.data;
  const isClient = gty === 'client-credentials' || sub.endsWith('@clients');
  return {
    kind: isClient ? 'client' : 'user',
    ...(!isClient && { userId: sub }),
    clientId: azp,
    permissions: new Set(permissions),
    tokenKind: 'access_token',
    expiresAt: exp * 1000,
  };
}

/** An ID token says who signed in and nothing of permissions; its client was configured for calls of one's own. */
const idTokenPermissions = new Set(['call:idp']);

/** Reads the claims of an ID token whose signature is good; one with several audiences is refused. */
export function callerOfIdToken(claims: unknown): VerifiedCaller | undefined {
  const parsed = IdTokenClaims.safeParse(claims);
  if (!parsed.success) return undefined;
  const { sub, aud, azp, exp } = parsed.data;
  if (azp !== undefined && azp !== aud) return undefined;
  return {
    kind: 'user',
    userId: sub,
    clientId: aud,
    permissions: idTokenPermissions,
    tokenKind: 'id_token',
    expiresAt: exp * 1000,
  };
}
