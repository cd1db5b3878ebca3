import { z } from 'zod';
import { readConnectionNames } from '../connection-files.ts';
import type { Environment } from '../environment.ts';
import { resourceKinds } from '../plan/resource-kinds.ts';
import { Resource } from '../plan/resource.ts';
import { readWantedResources } from '../plan/wanted-resources.ts';

/** What the CLI exports: lists by kind; of triggers, bindings by their names. */
export const ExportedTenant = z.record(z.string(), z.union([z.array(Resource), Resource]));
export type ExportedTenant = z.infer<typeof ExportedTenant>;

/**
 * Leaves of an export what the environment's files name.
 * @throws DeployError
 */
export function managedPart(exported: ExportedTenant, environment: Environment): ExportedTenant {
  const connections = [...readConnectionNames(environment)].map((name) => ({ name }));
  const part: Record<string, ExportedTenant[string]> = {};
  for (const [kind, named] of readWantedResources(environment, connections)) {
    const resources = exported[kind];
    const { identifiedBy = [] } = resourceKinds[kind] ?? {};
    if (resources === undefined) continue;
    part[kind] = Array.isArray(resources)
      ? resources.filter((one) =>
          named.some((each) => identifiedBy.every((field) => each[field] === one[field])),
        )
      : Object.fromEntries(
          Object.entries(resources).filter(([name]) => named.some((each) => each.name === name)),
        );
  }
  return part;
}
