import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { SigningKey } from '../state/tenant-state.ts';

/** A new RSA key pair with a key id of its own. */
export async function createSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return {
    kid: randomBytes(12).toString('base64url'),
    privateJwk: { ...(await exportJWK(privateKey)) },
    retired: false,
  };
}

/** A new key signs from now on; the old ones go on verifying. */
export async function rotateSigningKey({ database }: LocalTenantContext): Promise<void> {
  const next = await createSigningKey();
  for (const key of database.state.signingKeys) key.retired = true;
  database.state.signingKeys.push(next);
  database.save();
}

/** The key that signs now. */
export async function currentSigningKey({
  database,
}: LocalTenantContext): Promise<{ kid: string; key: CryptoKey }> {
  const current = database.state.signingKeys.find((key) => !key.retired);
  if (current === undefined) throw new Error('The tenant has no signing key.');
  return { kid: current.kid, key: await importKey(current.privateJwk) };
}

/** The public halves of all keys, retired ones included, as a JWK set. */
export function publicKeys({ database }: LocalTenantContext): { keys: JWK[] } {
  const keys = database.state.signingKeys.map(({ kid, privateJwk }): JWK => {
    const { n, e } = privateJwk;
    return { kty: 'RSA', use: 'sig', alg: 'RS256', kid, n: String(n), e: String(e) };
  });
  return { keys };
}

/** Keys do not change once made, so each is imported once. */
const imported = new WeakMap<object, Promise<CryptoKey>>();

function importKey(privateJwk: SigningKey['privateJwk']): Promise<CryptoKey> {
  const kept = imported.get(privateJwk) ?? importPrivate(privateJwk);
  imported.set(privateJwk, kept);
  return kept;
}

async function importPrivate(privateJwk: SigningKey['privateJwk']): Promise<CryptoKey> {
  const key = await importJWK({ kty: 'RSA', ...privateJwk }, 'RS256');
  if (key instanceof Uint8Array) throw new Error('A signing key of the tenant is no RSA key.');
  return key;
}
