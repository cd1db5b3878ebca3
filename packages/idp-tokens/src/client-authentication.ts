import { randomUUID } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import type { Clock } from './clock.ts';
import type { Secret } from './secret.ts';

/** How the relay's own client proves who it is at the token endpoint. */
export type ClientCredentials =
  | { readonly method: 'client_secret_post'; readonly clientSecret: Secret }
  | {
      readonly method: 'private_key_jwt';
      /** PKCS #8 PEM of an RSA key of at least 2048 bits. */
      readonly privateKeyPem: Secret;
      /** Key id as the tenant knows it; may be left out where the client has one key. */
      readonly keyId?: string;
      readonly algorithm: 'RS256' | 'RS384' | 'PS256';
    };

/** Seconds that an assertion is good for; short, since each is used once. */
const assertionLifetimeSeconds = 60;

/**
 * The form fields that authenticate the client, for one request.
 * @throws TypeError when the private key is not PKCS #8 PEM
 * @see https://datatracker.ietf.org/doc/html/rfc7523#section-2.2
 */
export async function clientAuthenticationFields(client: {
  readonly domain: string;
  readonly clientId: string;
  readonly credentials: ClientCredentials;
  readonly clock: Clock;
}): Promise<Record<string, string>> {
  const { credentials, clientId } = client;
  if (credentials.method === 'client_secret_post') {
    return { client_id: clientId, client_secret: credentials.clientSecret.reveal() };
  }
  const key = await importPKCS8(credentials.privateKeyPem.reveal(), credentials.algorithm);
  const issuedAt = Math.floor(client.clock.now() / 1000);
  const assertion = await new SignJWT()
    .setProtectedHeader({
      alg: credentials.algorithm,
      ...(credentials.keyId !== undefined && { kid: credentials.keyId }),
    })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(`https://${client.domain}/`)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + assertionLifetimeSeconds)
    .sign(key);
  return {
    client_id: clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  };
}
