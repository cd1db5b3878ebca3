import { postLoginAction } from '@idp-relay/actions';
import { z } from 'zod';
import { readConnectionNames } from '../connection-files.ts';
import type { Environment } from '../environment.ts';
import { Resource } from '../plan/resource.ts';
import { wantedLogStream } from '../plan/wanted-log-stream.ts';
import { findKind, readWantedResources } from '../plan/wanted-resources.ts';

/** What the CLI exports: resources by kind. */
export const ExportedTenant = z.record(z.string(), z.array(Resource));
export type ExportedTenant = z.infer<typeof ExportedTenant>;

/**
 * Leaves of an export what the environment's files name.
 * @throws DeployError
 */
export function managedPart(
  exported: ExportedTenant,
  environment: Environment,
): Readonly<Record<string, readonly Resource[]>> {
  const connections = [...readConnectionNames(environment)].map((name) => ({ name }));
  const part: Record<string, readonly Resource[]> = {};
  const actions = environment.post_login_action === undefined ? [] : [{ name: postLoginAction.name }];
  for (const [kind, named] of readWantedResources(environment, {
    connections,
    actions,
    ...wantedLogStream(environment),
  })) {
    const { identifiedBy } = findKind(kind);
    const isNamed = (one: Resource): boolean =>
      named.some((each) => identifiedBy.every((field) => each[field] === one[field]));
    const resources = exported[kind]?.filter(isNamed);
    if (resources !== undefined) part[kind] = resources;
  }
  return part;
}
