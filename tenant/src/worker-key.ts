import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DeployError } from './deploy-error.ts';
import { tenantFolder, type Environment } from './environment.ts';

/** The key of the privileged worker, but for its private half, which stays in the file. */
export interface WorkerKey {
  /** File with the private key, as PKCS #8 PEM. */
  readonly file: string;
  /** The tenant knows the public key by this: its thumbprint (RFC 7638), so that the same key has the same id anywhere. */
  readonly keyId: string;
  /** As SPKI PEM. */
  readonly publicKeyPem: string;
}

/** Where the worker's key of a tenant is kept if nobody says otherwise. Git ignores it. */
export function defaultWorkerKeyFile({ domain }: Pick<Environment, 'domain'>): string {
  const folder = domain.replaceAll(':', '_');
  return join(tenantFolder, '..', '.data', 'tenants', folder, 'token-vault-worker.pem');
}

/**
 * Reads the worker's key; makes it, readable by its owner alone, where there is none.
 * @throws DeployError `worker_key_invalid` when the file cannot be used
 */
export function readOrMakeWorkerKey(file: string): WorkerKey {
  const publicKey = createPublicKey(readPrivateKey(file) ?? makePrivateKey(file));
  return {
    file,
    keyId: thumbprint(publicKey),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

function readPrivateKey(file: string): KeyObject | undefined {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new DeployError('worker_key_invalid', `The worker's key ${file} cannot be read.`);
  }
  const key = parsePrivateKey(pem);
  if (key?.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= bits) return key;
  throw new DeployError(
    'worker_key_invalid',
    `The worker's key ${file} is not an RSA private key of ${bits} bits or more, as PKCS #8 PEM. Take it away, and the next deployment makes a new one.`,
  );
}

function parsePrivateKey(pem: string): KeyObject | undefined {
  try {
    return pem.includes('BEGIN PRIVATE KEY') ? createPrivateKey(pem) : undefined;
  } catch {
    return undefined;
  }
}

const bits = 2048;

function makePrivateKey(file: string): KeyObject {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  } catch {
    throw new DeployError('worker_key_invalid', `The worker's key cannot be written to ${file}.`);
  }
  return privateKey;
}

/** @see https://datatracker.ietf.org/doc/html/rfc7638#section-3 */
function thumbprint(publicKey: KeyObject): string {
  const { e, kty, n } = publicKey.export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
}
