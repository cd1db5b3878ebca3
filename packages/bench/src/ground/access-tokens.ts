import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { audience, productClientId, type TenantFacts } from './bench-tenant.ts';

/** Signs access tokens as the tenant does. */
export interface AccessTokens {
  /** One new token for each of these users. */
  sign(users: readonly string[]): Promise<string[]>;
}

const lifetimeSeconds = 3600;
/** As many are signed at once; the work is done by Node's pool of threads. */
const batch = 64;

/** Tokens of the relay's audience, shaped as Auth0's: by RS256, with permissions. Each is another one. */
export async function createAccessTokens({ domain, signingKey }: TenantFacts): Promise<AccessTokens> {
  const key = await importJWK(signingKey.jwk, 'RS256');
  const sign = (user: string): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      azp: productClientId,
      scope: 'openid profile email',
      permissions: ['call:idp'],
      jti: randomUUID(),
    })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: signingKey.kid })
      .setIssuer(`https://${domain}/`)
      .setSubject(user)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + lifetimeSeconds)
      .sign(key);
  };
  return {
    sign: async (users) => {
      const signed: string[] = [];
      for (let from = 0; from < users.length; from += batch)
        signed.push(...(await Promise.all(users.slice(from, from + batch).map(sign))));
      return signed;
    },
  };
}
