import { ManagementClient } from 'auth0';
import { z } from 'zod';
import { DeployError } from './deploy-error.ts';
import type { DeployCredentials, Environment } from './environment.ts';

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

const NamedClient = z.object({
  name: z.string(),
  client_id: z.string(),
  client_secret: z.string().optional(),
});
const NamedRole = z.object({ name: z.string(), id: z.string() });

/**
 * Reads back what the tenant chose itself: client ids, secrets and role ids.
 * @throws DeployError when something is not there
 */
export async function readProvisioned(
  environment: Environment,
  credentials: DeployCredentials,
  fetcher: typeof fetch,
): Promise<Provisioned> {
  const management = new ManagementClient({
    domain: environment.domain,
    clientId: credentials.clientId,
    clientSecret: credentials.clientSecret,
    fetch: fetcher,
  });
  const clients: z.infer<typeof NamedClient>[] = [];
  const roles: z.infer<typeof NamedRole>[] = [];
  try {
    for await (const client of await management.clients.list({
      fields: 'name,client_id,client_secret',
      include_fields: true,
    })) {
      const named = NamedClient.safeParse(client);
      if (named.success) clients.push(named.data);
    }
    for await (const role of await management.roles.list()) {
      const named = NamedRole.safeParse(role);
      if (named.success) roles.push(named.data);
    }
  } catch {
    // The SDK's errors quote the answer, and this answer has secrets.
    throw new DeployError('deploy_failed', `${environment.domain} did not say what was provisioned.`);
  }
  const find = (name: string): z.infer<typeof NamedClient> => {
    const found = clients.filter((client) => client.name === name);
    if (found.length !== 1) {
      throw new DeployError(
        'deploy_failed',
        `${environment.domain} has ${found.length} clients named "${name}" instead of one.`,
      );
    }
    return NamedClient.parse(found[0]);
  };
  const secretOf = (client: z.infer<typeof NamedClient>): string => {
    if (client.client_secret === undefined) {
      throw new DeployError(
        'scope_missing',
        'The deploy client cannot read client secrets: grant it read:client_keys.',
      );
    }
    return client.client_secret;
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
  };
}
