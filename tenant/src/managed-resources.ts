import { postLoginAction } from '@idp-relay/actions';
import { ManagementClient } from 'auth0';
import { z } from 'zod';
import { DeployError } from './deploy-error.ts';
import type { DeployCredentials, Environment } from './environment.ts';
import { logStreamName } from './log-stream-deployment.ts';
import { readManagedNames } from './tenant-file.ts';

const Client = z.looseObject({
  name: z.string(),
  client_id: z.string(),
  client_secret: z.string().optional(),
});
const ClientGrant = z.looseObject({ client_id: z.string() });
const ResourceServer = z.looseObject({ identifier: z.string() });
const Role = z.looseObject({ name: z.string(), id: z.string() });
const Permission = z.object({ permission_name: z.string(), resource_server_identifier: z.string() });

const ActionContent = z.object({
  code: z.string().optional(),
  runtime: z.string().optional(),
  secrets: z
    .array(z.object({ name: z.string() }))
    .nullish()
    .transform((secrets) => secrets ?? []),
});
const Action = ActionContent.extend({
  name: z.string(),
  supported_triggers: z.array(z.object({ id: z.string(), version: z.string().optional() })).optional(),
  all_changes_deployed: z.boolean().optional(),
  deployed_version: ActionContent.extend({ id: z.string().optional() }).nullish(),
});
const LogStream = z.looseObject({ name: z.string().optional() });
const Binding = z.object({ action: z.object({ name: z.string() }) });

/** What a tenant has of the resources that tenant.yaml names. Holds secrets of clients, and of the log stream. */
export interface ManagedResources {
  readonly clients: readonly z.infer<typeof Client>[];
  /** Of those clients, whoever made them. */
  readonly clientGrants: readonly z.infer<typeof ClientGrant>[];
  readonly resourceServers: readonly z.infer<typeof ResourceServer>[];
  readonly roles: readonly (z.infer<typeof Role> & {
    readonly permissions: readonly z.infer<typeof Permission>[];
  })[];
  /** The relay's Action, where the environment has it: none or one. */
  readonly actions: readonly (z.infer<typeof Action> & { readonly isBound: boolean })[];
  /** The log stream to the relay, where the environment has it. */
  readonly logStreams: readonly z.infer<typeof LogStream>[];
}

/**
 * Reads what a tenant has of the resources that tenant.yaml names: one request a kind, and one for each role.
 * Actions and log streams are read where the environment has the relay's alone.
 * @throws DeployError when the tenant does not say
 */
export async function readManagedResources(
  environment: Environment,
  credentials: DeployCredentials,
  fetcher: typeof fetch,
): Promise<ManagedResources> {
  const management = new ManagementClient({ domain: environment.domain, ...credentials, fetch: fetcher });
  const managed = readManagedNames(environment);
  try {
    const clients = (await readAll(Client, await management.clients.list())).filter(({ name }) =>
      managed.clients.has(name),
    );
    const ids = new Set(clients.map(({ client_id }) => client_id));
    const clientGrants = await readAll(ClientGrant, await management.clientGrants.list());
    const resourceServers = await readAll(ResourceServer, await management.resourceServers.list());
    const roles = (await readAll(Role, await management.roles.list())).filter(({ name }) =>
      managed.roles.has(name),
    );
    const withPermissions = [];
    for (const role of roles) {
      const permissions = await readAll(Permission, await management.roles.permissions.list(role.id));
      withPermissions.push({ ...role, permissions });
    }
    return {
      clients,
      clientGrants: clientGrants.filter(({ client_id }) => ids.has(client_id)),
      resourceServers: resourceServers.filter(({ identifier }) => managed.resourceServers.has(identifier)),
      roles: withPermissions,
      actions: environment.post_login_action ? await readAction(management) : [],
      logStreams: environment.log_stream ? await readLogStreams(management) : [],
    };
  } catch {
    // The SDK's errors quote the answer, and this answer has secrets.
    throw new DeployError('deploy_failed', `${environment.domain} did not say what was provisioned.`);
  }
}

async function readAction({ actions }: ManagementClient): Promise<ManagedResources['actions']> {
  const { name, trigger } = postLoginAction;
  const bound = await readAll(Binding, await actions.triggers.bindings.list(trigger.id));
  const isBound = bound.some(({ action }) => action.name === name);
  return (await readAll(Action, await actions.list({ actionName: name }))).map((action) => ({
    ...action,
    isBound,
  }));
}

async function readLogStreams({ logStreams }: ManagementClient): Promise<ManagedResources['logStreams']> {
  const all = z.array(LogStream).parse(await logStreams.list());
  return all.filter(({ name }) => name === logStreamName);
}

/** The items of all pages that are what they should be. */
async function readAll<Item>(schema: z.ZodType<Item>, pages: AsyncIterable<unknown>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of pages) {
    const parsed = schema.safeParse(item);
    if (parsed.success) items.push(parsed.data);
  }
  return items;
}
