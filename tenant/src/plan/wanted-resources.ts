import { z } from 'zod';
import { DeployError } from '../deploy-error.ts';
import type { Environment } from '../environment.ts';
import { readFilledTenantFile } from '../tenant-file.ts';
import { vaultClientNames } from '../vault-clients.ts';
import { resourceKinds } from './resource-kinds.ts';
import { Resource } from './resource.ts';

const TenantFile = z.record(z.string(), z.array(Resource));

/** What an environment's files want a tenant to have: resources by kind, in tenant.yaml's own names and order. */
export type WantedResources = ReadonlyMap<string, readonly Resource[]>;

/**
 * Reads what tenant.yaml wants in an environment, filled in by the deployment's own code, and what it opts into besides.
 * @param besides resources by kind that tenant.yaml does not name, such as connections; of triggers, `bindings` by `name`
 */
export function readWantedResources(
  environment: Environment,
  besides: Readonly<Record<string, readonly Resource[]>> = {},
): WantedResources {
  const wanted = new Map<string, readonly Resource[]>(
    Object.entries(TenantFile.parse(readFilledTenantFile(environment))),
  );
  // The deployment writes it by itself: the CLI leaves it alone.
  const access = environment.token_vault?.worker;
  const clients = wanted
    .get('clients')
    ?.map((client) =>
      access !== undefined && client.name === vaultClientNames.worker
        ? { ...client, token_vault_privileged_access: access }
        : client,
    );
  if (clients !== undefined) wanted.set('clients', clients);
  for (const [kind, resources] of Object.entries(besides))
    if (resources.length > 0) wanted.set(kind, [...(wanted.get(kind) ?? []), ...resources]);
  return wanted;
}

/**
 * How a kind is read and compared.
 * @throws DeployError `configuration_refused` when tenant.yaml names one that cannot be compared
 */
export function findKind(kind: string): (typeof resourceKinds)[string] {
  const found = resourceKinds[kind];
  if (found === undefined)
    throw new DeployError(
      'configuration_refused',
      `tenant.yaml names ${kind}, which the plan cannot compare.`,
    );
  return found;
}
