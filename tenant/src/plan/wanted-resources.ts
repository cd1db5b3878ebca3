import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DeployError } from '../deploy-error.ts';
import { tenantFolder, type Environment } from '../environment.ts';
import { fillIn, fillingWords, readFilledTenantFile } from '../tenant-file.ts';
import { resourceKinds } from './resource-kinds.ts';
import { Resource } from './resource.ts';

const TenantFile = z.record(z.string(), z.unknown());
const Triggers = z.record(z.string(), z.array(Resource));

/** What an environment's files want a tenant to have: resources by kind, in tenant.yaml's own names and order. */
export type WantedResources = ReadonlyMap<string, readonly Resource[]>;

/**
 * Reads what tenant.yaml wants in an environment, filled in by the deployment's own code, with the texts of the files that it
 * names; and the connections that it opts into.
 * @param connections of {@link readConnectionFiles}
 * @throws DeployError `configuration_refused` when it names a file that is not there, or a kind that cannot be compared
 */
export function readWantedResources(
  environment: Environment,
  connections: readonly Resource[] = [],
): WantedResources {
  const kinds = Object.entries(TenantFile.parse(readFilledTenantFile(environment)));
  const wanted = new Map(kinds.map(([kind, listed]) => [kind, readKind(kind, listed, environment)]));
  return connections.length === 0 ? wanted : wanted.set('connections', connections);
}

function readKind(kind: string, listed: unknown, environment: Environment): readonly Resource[] {
  const { files = [] } = findKind(kind);
  // Triggers alone are not a list: each has its bindings under its name.
  const resources =
    kind === 'triggers'
      ? Object.entries(Triggers.parse(listed)).map(([name, bindings]) => ({ name, bindings }))
      : z.array(Resource).parse(listed ?? []);
  return resources.map((resource: Resource) => ({
    ...resource,
    ...Object.fromEntries(
      files.flatMap((field) => {
        const path = resource[field];
        return typeof path === 'string' ? [[field, readNamedFile(path, environment)]] : [];
      }),
    ),
  }));
}

/** @throws DeployError */
export function findKind(kind: string): (typeof resourceKinds)[string] {
  const found = resourceKinds[kind];
  if (found === undefined)
    throw new DeployError(
      'configuration_refused',
      `tenant.yaml names ${kind}, which the plan cannot compare.`,
    );
  return found;
}

/** auth0-deploy-cli takes the text of such files, and fills it in as it does tenant.yaml. */
function readNamedFile(path: string, environment: Environment): string {
  const file = join(tenantFolder, path);
  if (!existsSync(file))
    throw new DeployError('configuration_refused', `tenant.yaml names the file ${path}, which is not there.`);
  return fillIn(readFileSync(file, 'utf8'), fillingWords(environment));
}
