import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { startTestTenant } from './requests.ts';
import { exchange, radia, registerClient } from './vault-clients.ts';

/** The kind of token that privileged workers ask for. */
export const vaultType = 'http://auth0.com/oauth/token-type/token-vault-access-token';
const calendar = 'https://www.googleapis.com/auth/calendar.readonly';
/** The scopes of the sample person's token in the vault. */
export const scopes = ['openid', 'email', 'profile', calendar];
/** A key pair. */
export const newKeys = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
/** A public key as the Management API takes it. */
export const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

/** What differs from a good request. */
export interface SignOptions {
  readonly key?: KeyObject;
  readonly header?: Record<string, string>;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** A tenant, a privileged worker whose access has these fields besides, and what signs its requests. */
export async function startWithWorker(access: Readonly<Record<string, unknown>> = {}) {
  let now = Date.now();
  const tenant = await startTestTenant({ clock: { now: () => now } });
  const { privateKey, publicKey } = newKeys();
  const client = await registerClient(tenant, {
    token_vault_privileged_access: {
      credentials: [{ credential_type: 'public_key', name: 'worker', pem: pemOf(publicKey), alg: 'RS256' }],
      ip_allowlist: ['127.0.0.1'],
      grants: [{ connection: 'google-vault', scopes }],
      ...access,
    },
  });
  const sign = ({ key = privateKey, header = {}, claims = {} }: SignOptions = {}): Promise<string> =>
    new SignJWT({
      sub: radia.userId,
      aud: `${tenant.origins.tenantHttps}/`,
      iss: client.client_id,
      iat: Math.floor(now / 1000),
      jti: randomUUID(),
      audit_context: 'a test',
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', typ: 'token-vault-req+jwt', ...header })
      .sign(key);
  const redeem = (subject_token: string, more: Record<string, string> = {}) =>
    exchange(tenant, client, {
      subject_token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      requested_token_type: vaultType,
      ...more,
    });
  const pass = (seconds: number) => (now += seconds * 1000);
  return { tenant, client, sign, redeem, pass, nowSeconds: () => Math.floor(now / 1000) };
}
