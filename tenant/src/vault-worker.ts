import { ManagementClient } from 'auth0';
import { z } from 'zod';
import { DeployError } from './deploy-error.ts';
import type { DeployCredentials, Environment } from './environment.ts';
import type { ManagedResources } from './managed-resources.ts';
import type { WorkerAccess } from './token-vault-settings.ts';
import { vaultClientNames } from './vault-clients.ts';
import { refusedByTenant } from './vault-worker-refusal.ts';
import type { WorkerKey } from './worker-key.ts';

/** What the privileged worker is brought up with. */
export interface WorkerOptions {
  readonly environment: Environment;
  readonly credentials: DeployCredentials;
  readonly fetch: typeof fetch;
  /** What the tenant has by now; the worker's client among it. */
  readonly resources: ManagedResources;
  readonly key: WorkerKey;
  readonly access: WorkerAccess;
  /** Hears one plain line for each change. */
  readonly onProgress: (line: string) => void;
}

/** Auth0's limit for a client. */
const mostCredentials = 2;

const Credentials = z.array(z.object({ id: z.string(), kid: z.string().optional() }));
const Ids = z.array(z.object({ id: z.string() })).default([]);
const Worker = z.object({
  client_id: z.string(),
  client_authentication_methods: z
    .object({ private_key_jwt: z.object({ credentials: Ids }).nullish() })
    .nullish(),
  token_vault_privileged_access: z
    .object({
      credentials: Ids,
      ip_allowlist: z.array(z.string()).nullish(),
      grants: z.array(z.object({ connection: z.string(), scopes: z.array(z.string()) })).nullish(),
    })
    .nullish(),
});

/**
 * Gives the worker's client what auth0-deploy-cli does not: its public key, by which it authenticates and signs, and its
 * privileged access to Token Vault. Writes only what differs. Other keys of the client stay in use, so that a relay that
 * still has an earlier one goes on working.
 * @returns true when something was written
 * @throws DeployError
 * @see https://auth0.com/docs/secure/call-apis-on-users-behalf/token-vault/privileged-worker-token-exchange-with-token-vault
 */
export async function bringUpWorker(options: WorkerOptions): Promise<boolean> {
  const { environment, credentials, fetch: fetcher, resources, key, access, onProgress } = options;
  const found = resources.clients.find(({ name }) => name === vaultClientNames.worker);
  const worker = Worker.safeParse(found);
  if (!worker.success)
    throw new DeployError(
      'deploy_failed',
      `${environment.domain} has no client "${vaultClientNames.worker}" that can be understood.`,
    );
  const { client_id: clientId, ...current } = worker.data;
  const { clients } = new ManagementClient({ domain: environment.domain, ...credentials, fetch: fetcher });
  try {
    const known = Credentials.parse(await clients.credentials.list(clientId));
    const own = known.find(({ kid }) => kid === key.keyId) ?? (await addKey());
    const enabled = (ids: z.infer<typeof Ids> = []): string[] => [
      ...new Set([own.id, ...ids.map(({ id }) => id).filter((id) => known.some((one) => one.id === id))]),
    ];

    const methodIds = current.client_authentication_methods?.private_key_jwt?.credentials;
    const methods = asIds(enabled(methodIds));
    const privileged = current.token_vault_privileged_access;
    const wanted = { credentials: asIds(enabled(privileged?.credentials)), ...access };
    const changes = {
      ...(canonical(methods) !== canonical(methodIds) && {
        token_endpoint_auth_method: null,
        client_authentication_methods: { private_key_jwt: { credentials: methods } },
      }),
      ...(canonical(wanted) !== canonical(privileged) && { token_vault_privileged_access: wanted }),
    };
    if (Object.keys(changes).length === 0) return false;
    await clients.update(clientId, changes);
    onProgress(`Set the key and the privileged access of clients: ${vaultClientNames.worker}`);
    return true;

    async function addKey(): Promise<{ readonly id: string }> {
      if (known.length >= mostCredentials)
        throw new DeployError(
          'configuration_refused',
          `The client "${vaultClientNames.worker}" has ${known.length} keys, and none is that of ${key.file}. Put the right file there, or remove a key that no relay uses any more (Applications → ${vaultClientNames.worker} → Credentials), and deploy again.`,
        );
      const added = await clients.credentials.create(clientId, {
        credential_type: 'public_key',
        name: `idp-relay ${key.keyId.slice(0, 8)}`,
        pem: key.publicKeyPem,
        alg: 'RS256',
        kid: key.keyId,
      });
      return z.object({ id: z.string() }).parse(added);
    }
  } catch (error) {
    throw error instanceof DeployError ? error : refusedByTenant(error, environment);
  }
}

const asIds = (ids: readonly string[]): { id: string }[] => ids.map((id) => ({ id }));

/** One text for values that differ in the order of fields and items alone, which has no meaning here. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  return `{${Object.entries(value)
    .map(([name, field]) => `${name}:${canonical(field)}`)
    .sort()
    .join()}}`;
}
