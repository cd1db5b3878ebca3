import { randomUUID } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import type { Clock } from './clock.ts';
import type { VaultWorker } from './vault-client.ts';

/**
 * Why the relay asks, as it stands in the tenant's logs. 1 to 256 characters.
 * @see https://auth0.com/docs/secure/call-apis-on-users-behalf/token-vault
 */
const auditContext = 'idp-relay: a backend calls the IdP for this user';

/** Seconds. Auth0 refuses older ones than 60. */
const lifetimeSeconds = 30;

/** The signed request of a privileged worker for one user's token. Good once, and for half a minute. */
export async function vaultRequestJwt(
  { clientId, credentials }: VaultWorker,
  { userId, domain, clock }: { readonly userId: string; readonly domain: string; readonly clock: Clock },
): Promise<string> {
  const key = await importPKCS8(credentials.privateKeyPem.reveal(), credentials.algorithm);
  const issuedAt = Math.floor(clock.now() / 1000);
  return new SignJWT({ audit_context: auditContext })
    .setProtectedHeader({
      alg: credentials.algorithm,
      typ: 'token-vault-req+jwt',
      ...(credentials.keyId !== undefined && { kid: credentials.keyId }),
    })
    .setIssuer(clientId)
    .setSubject(userId)
    .setAudience(`https://${domain}/`)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(key);
}
