import type { TenantReader } from '@idp-relay/tenant-doctor';
import { compareResource } from './compare-resource.ts';
import type { Uncomparable } from './field-change.ts';
import type { Named, Plan, PlanWarning, ResourceChange } from './plan.ts';
import { resourceKinds, type ResourceKind } from './resource-kinds.ts';
import type { Resource } from './resource.ts';
import { findKind, type WantedResources } from './wanted-resources.ts';
import { warnOfLosses } from './warn-of-losses.ts';

/**
 * Compares a tenant with what its files want, resource by resource, by reads alone.
 * @param onProgress hears one plain line for each kind
 * @throws FactUnavailableError when the token's scopes do not open a kind, DeployError, and the errors of the Management API
 */
export async function planDeployment(
  tenant: TenantReader,
  wanted: WantedResources,
  onProgress: (line: string) => void,
): Promise<Plan> {
  const create: Named[] = [];
  const change: ResourceChange[] = [];
  const unchanged: Named[] = [];
  const warnings: PlanWarning[] = [];
  const notCompared: (Named & Uncomparable)[] = [];
  const notManaged: Record<string, number> = {};
  let clientNames: ReadonlyMap<unknown, unknown> | undefined;
  for (const [name, resources] of wanted) {
    const kind = findKind(name);
    onProgress(`Reading ${name}`);
    clientNames ??= kind.clientReferences && (await readClientNames(tenant));
    const named = (resource: Resource): Resource => nameClients(resource, kind, clientNames);
    const identities = new Set(resources.map((resource) => resource[kind.identifiedBy[0] ?? '']));
    const present = (await kind.read(tenant, identities)).filter(isOrdinary).map(named);
    const managed = new Set<Resource>();
    for (const each of resources.map(named)) {
      const candidates = present.filter((candidate) => isSame(each, candidate, kind));
      const label = { kind: kind.label, name: titleOf(each, kind) };
      for (const candidate of candidates) managed.add(candidate);
      const [found, ...others] = candidates;
      if (found === undefined) {
        create.push(label);
        continue;
      }
      if (others.length > 0) warnings.push({ ...label, field: kind.identifiedBy.join(), message: ambiguous });
      const { changes, notCompared: unknown } = compareResource(each, found, kind);
      notCompared.push(...unknown.map((field) => ({ ...label, ...field })));
      if (changes.length === 0) unchanged.push(label);
      else change.push({ ...label, changes });
    }
    if (present.length > managed.size) notManaged[kind.label] = present.length - managed.size;
  }
  warnings.push(...change.flatMap(warnOfLosses));
  return { create, change, unchanged, notManaged, warnings, notCompared };
}

const ambiguous =
  'is there more than once, so nobody can say which one is meant: rename or delete the others';

/** Auth0's own, which nobody can change. */
const isOrdinary = (resource: Resource): boolean => resource.is_system !== true && resource.global !== true;

function isSame(
  wanted: Resource,
  present: Resource,
  { identifiedBy, alsoIdentifiedBy = [] }: ResourceKind,
): boolean {
  return (
    identifiedBy.every((field) => wanted[field] === present[field]) &&
    alsoIdentifiedBy.every((field) => wanted[field] === undefined || wanted[field] === present[field])
  );
}

function titleOf(resource: Resource, { identifiedBy }: ResourceKind): string {
  const { name } = resource;
  return typeof name === 'string' ? name : identifiedBy.map((field) => String(resource[field])).join(' for ');
}

async function readClientNames(tenant: TenantReader): Promise<ReadonlyMap<unknown, unknown>> {
  const clients = (await resourceKinds.clients?.read(tenant, new Set())) ?? [];
  return new Map(clients.map(({ client_id: id, name }) => [id, name]));
}

/** Names of clients for their ids, as the file has them. */
function nameClients(
  resource: Resource,
  { clientReferences = [] }: ResourceKind,
  names: ReadonlyMap<unknown, unknown> = new Map(),
): Resource {
  const name = (id: unknown): unknown => names.get(id) ?? id;
  const fields = clientReferences.filter((field) => field in resource);
  const named: Record<string, unknown> = {};
  for (const field of fields) {
    const value = resource[field];
    named[field] = Array.isArray(value) ? value.map(name) : name(value);
  }
  return { ...resource, ...named };
}
