import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { startLocalTenant, type LocalTenant } from '@idp-relay/local-tenant';
import { onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readEnvironment, type Environment, type LocalDoctorTarget } from '../src/index.ts';
import { vaultClientNames } from '../src/vault-clients.ts';
import { putAction } from './put-action.ts';
import { putLogStream } from './put-log-stream.ts';

const Client = z.looseObject({ name: z.string() });
const TenantFile = z.object({
  resourceServers: z.array(
    z.looseObject({ identifier: z.string(), scopes: z.array(z.looseObject({ value: z.string() })) }),
  ),
  clients: z.array(Client),
  clientGrants: z.array(
    z.object({ client_id: z.string(), audience: z.string(), scope: z.array(z.string()) }),
  ),
  roles: z.array(
    z.looseObject({
      name: z.string(),
      permissions: z.array(z.object({ permission_name: z.string(), resource_server_identifier: z.string() })),
    }),
  ),
});

/** A tenant of this test's own, and how the command finds it. */
export interface DoctorTenant {
  readonly tenant: LocalTenant;
  readonly findLocalTenant: () => Promise<LocalDoctorTarget>;
}

/** Starts a tenant that has what tenant.yaml says, as a deployment would leave it, in a moment. */
export async function startDoctorTenant(): Promise<DoctorTenant> {
  const tenant = await startLocalTenant({ plan: 'unlimited' });
  onTestFinished(() => tenant.close());
  setDefaultCACertificates([...getCACertificates('default'), tenant.authority]);
  const environment: Environment = {
    ...readEnvironment('local'),
    domain: tenant.domain,
    custom_domains: [tenant.origins.tenantHttp],
  };
  put(tenant, environment);
  const worker = tenant.database.state.clients.find(({ name }) => name === vaultClientNames.worker);
  if (worker !== undefined)
    worker.token_vault_privileged_access = { credentials: [], ...environment.token_vault?.worker };
  await putAction(tenant);
  putLogStream(tenant, environment);
  const { clientId, clientSecret } = tenant.bootstrap;
  return {
    tenant,
    findLocalTenant: () =>
      Promise.resolve({ environment, credentials: { clientId, clientSecret }, settingsFile: 'none' }),
  };
}

function put(
  { database: { state } }: LocalTenant,
  { domain, keywords, token_vault: vault }: Environment,
): void {
  const words: Readonly<Record<string, unknown>> = { ...keywords, AUTH0_DOMAIN: domain };
  const text = readFileSync(join(import.meta.dirname, '..', 'tenant.yaml'), 'utf8');
  const file = TenantFile.parse(
    parse(
      text
        .replace(/##(\w+)##/g, (_all, word: string) => String(words[word]))
        .replace(/@@(\w+)@@/g, (_all, word: string) => JSON.stringify(words[word])),
    ),
  );
  for (const client of file.clients) {
    const access = client.name === 'IdP Relay Token Vault Worker' ? vault?.worker : undefined;
    const granted = access && { token_vault_privileged_access: access };
    state.clients.push({ ...client, ...granted, client_id: client.name });
  }
  for (const server of file.resourceServers) state.resourceServers.push({ ...server, id: 'relay' });
  for (const grant of file.clientGrants) state.clientGrants.push({ ...grant, id: grant.client_id });
  for (const role of file.roles) state.roles.push({ ...role, id: role.name });
  state.users.find(({ user_id: id }) => id === 'github|1001')?.roles.push('IdP Relay Operator');
}
