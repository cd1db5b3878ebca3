import { z } from 'zod';
import { DeployError } from './deploy-error.ts';
import type { Environment } from './environment.ts';
import type { ManagedResources } from './managed-resources.ts';
import { doctorClientName } from './unwanted-clients.ts';
import { vaultClientNames } from './vault-clients.ts';
import type { WorkerKey } from './worker-key.ts';

/** What a deployment made, as far as the relay and its samples need it. */
export const Provisioned = z.object({
  domain: z.string(),
  customDomains: z.array(z.string()),
  audience: z.string(),
  apiClientId: z.string(),
  apiClientSecret: z.string(),
  dashboardClientId: z.string(),
  sampleProductClientId: z.string(),
  sampleBackendClientId: z.string(),
  sampleBackendClientSecret: z.string(),
  /** Ids by role name. */
  roleIds: z.record(z.string(), z.string()),
  /** Where the environment wants Token Vault. */
  tokenVault: z
    .object({
      clientId: z.string(),
      clientSecret: z.string(),
      /** `keyFile` holds the private key, as PKCS #8 PEM; the tenant knows its public key by `keyId`. */
      worker: z.object({ clientId: z.string(), keyFile: z.string(), keyId: z.string() }).optional(),
    })
    .optional(),
  /** The client that examines the tenant, where the environment wants it. */
  doctor: z.object({ clientId: z.string(), clientSecret: z.string() }).optional(),
});
export type Provisioned = z.infer<typeof Provisioned>;

/** Names in tenant.yaml. */
const clientNames = {
  api: 'IdP Relay API',
  dashboard: 'IdP Relay Dashboard',
  sampleProduct: 'Sample Product App',
  sampleBackend: 'Sample Backend',
} as const;
export const roleNames = ['IdP Relay Operator', 'IdP Relay Auditor', 'IdP Relay User'] as const;

type ManagedClient = ManagedResources['clients'][number];

/**
 * Picks what the tenant chose itself: client ids, secrets and role ids.
 * @param workerKey of the privileged worker for Token Vault, where there is one
 * @throws DeployError when something is not there
 */
export function pickProvisioned(
  environment: Environment,
  { clients, roles }: ManagedResources,
  workerKey?: WorkerKey,
): Provisioned {
  const find = (name: string): ManagedClient => {
    const [found, ...others] = clients.filter((client) => client.name === name);
    if (found === undefined || others.length > 0) {
      throw new DeployError(
        'deploy_failed',
        `${environment.domain} has ${found === undefined ? 0 : others.length + 1} clients named "${name}" instead of one.`,
      );
    }
    return found;
  };
  const secretOf = (client: ManagedClient): string => {
    if (client.client_secret === undefined) {
      throw new DeployError(
        'scope_missing',
        'The deploy client cannot read client secrets: grant it read:client_keys.',
      );
    }
    return client.client_secret;
  };
  const pickTokenVault = (): NonNullable<Provisioned['tokenVault']> => {
    const client = find(vaultClientNames.api);
    requireLink(environment, client);
    return {
      clientId: client.client_id,
      clientSecret: secretOf(client),
      ...(workerKey && {
        worker: {
          clientId: find(vaultClientNames.worker).client_id,
          keyFile: workerKey.file,
          keyId: workerKey.keyId,
        },
      }),
    };
  };
  const pickDoctor = (): NonNullable<Provisioned['doctor']> => {
    const client = find(doctorClientName);
    return { clientId: client.client_id, clientSecret: secretOf(client) };
  };
  const api = find(clientNames.api);
  const backend = find(clientNames.sampleBackend);
  return {
    domain: environment.domain,
    customDomains: environment.custom_domains,
    audience: environment.keywords.RELAY_AUDIENCE,
    apiClientId: api.client_id,
    apiClientSecret: secretOf(api),
    dashboardClientId: find(clientNames.dashboard).client_id,
    sampleProductClientId: find(clientNames.sampleProduct).client_id,
    sampleBackendClientId: backend.client_id,
    sampleBackendClientSecret: secretOf(backend),
    roleIds: Object.fromEntries(
      roleNames.map((name) => {
        const role = roles.find((candidate) => candidate.name === name);
        if (role === undefined)
          throw new DeployError('deploy_failed', `${environment.domain} has no role "${name}".`);
        return [name, role.id];
      }),
    ),
    ...(environment.token_vault && { tokenVault: pickTokenVault() }),
    ...(environment.doctor && { doctor: pickDoctor() }),
  };
}

/** Which API a client is can only be said when it is created, so no import mends it. */
function requireLink(
  { keywords, domain }: Environment,
  { name, resource_server_identifier: linked }: ManagedClient,
) {
  if (linked === keywords.RELAY_AUDIENCE) return;
  throw new DeployError(
    'configuration_refused',
    `The client "${name}" of ${domain} is not linked to ${keywords.RELAY_AUDIENCE}, and that cannot be changed: delete or rename it, and deploy again.`,
  );
}
