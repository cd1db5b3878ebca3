import type { TenantReader } from '@idp-relay/tenant-doctor';
import { z } from 'zod';
import { Resource } from './resource.ts';

/** How the resources of one kind are read and compared. All that is particular to a kind is here. */
export interface ResourceKind {
  /** For people: `client`. */
  readonly label: string;
  /** Fields that together tell which resource of the tenant one of the file is, as auth0-deploy-cli matches them. */
  readonly identifiedBy: readonly string[];
  /** The same, where the file says them. */
  readonly alsoIdentifiedBy?: readonly string[];
  /** Fields that hold ids of clients in the tenant, and names of clients in the file. */
  readonly clientReferences?: readonly string[];
  /** Objects that an update replaces whole: what the file does not name is lost. */
  readonly replacedWhole?: readonly string[];
  /** What Auth0 fills in by itself in such objects: to lose it is to get it again. */
  readonly filledIn?: Resource;
  /** Lists that a deployment adds to, and takes nothing from. */
  readonly addedTo?: readonly string[];
  /**
   * Reads the tenant's resources of this kind.
   * @param identities for what is read one by one: the first identifying field of each that the file names
   * @throws FactUnavailableError, and the errors of the Management API
   */
  readonly read: (tenant: TenantReader, identities: ReadonlySet<unknown>) => Promise<readonly Resource[]>;
}

const Binding = z.object({ display_name: z.string().optional(), action: z.object({ name: z.string() }) });
const DeployedVersion = z
  .object({ code: z.unknown(), runtime: z.unknown(), dependencies: z.unknown(), secrets: z.unknown() })
  .partial();
const Identified = z.looseObject({ id: z.string() });

/** The kinds that tenant.yaml may name, by its own names for them. */
export const resourceKinds: Readonly<Record<string, ResourceKind>> = {
  resourceServers: {
    label: 'API',
    identifiedBy: ['identifier'],
    clientReferences: ['client_id'],
    read: (tenant) =>
      tenant.list({
        path: '/resource-servers',
        name: 'resource_servers',
        item: Resource,
        paging: 'pages',
        scopes: ['read:resource_servers'],
      }),
  },
  clients: {
    label: 'client',
    identifiedBy: ['name'],
    read: (tenant) =>
      tenant.list({
        path: '/clients',
        name: 'clients',
        item: Resource,
        paging: 'pages',
        scopes: ['read:clients'],
      }),
  },
  clientGrants: {
    label: 'client grant',
    identifiedBy: ['client_id', 'audience'],
    alsoIdentifiedBy: ['subject_type'],
    clientReferences: ['client_id'],
    read: (tenant) =>
      tenant.list({
        path: '/client-grants',
        name: 'client_grants',
        item: Resource,
        paging: 'checkpoint',
        scopes: ['read:client_grants'],
      }),
  },
  roles: {
    label: 'role',
    identifiedBy: ['name'],
    read: async (tenant, names) => {
      const scopes = ['read:roles'];
      const roles = await tenant.list({
        path: '/roles',
        name: 'roles',
        item: Identified,
        paging: 'pages',
        scopes,
      });
      return Promise.all(
        roles.map(async (role) => {
          if (!names.has(role.name)) return role;
          const path = `/roles/${encodeURIComponent(role.id)}/permissions`;
          const permissions = await tenant.list({
            path,
            name: 'permissions',
            item: Resource,
            paging: 'pages',
            scopes,
          });
          return { ...role, permissions };
        }),
      );
    },
  },
  actions: {
    label: 'Action',
    identifiedBy: ['name'],
    read: async (tenant) => {
      const actions = await tenant.list({
        path: '/actions/actions',
        name: 'actions',
        item: Resource,
        paging: 'counted',
        scopes: ['read:actions'],
      });
      // What counts is the version that runs at logins, not the draft; `deployed` is the file's word for it.
      return actions.map((action) => ({
        ...action,
        ...DeployedVersion.safeParse(action.deployed_version).data,
        deployed: action.all_changes_deployed,
      }));
    },
  },
  triggers: {
    label: 'trigger',
    identifiedBy: ['name'],
    // The Management API replaces the list whole, so a deployment names all others again.
    addedTo: ['bindings'],
    read: (tenant, names) =>
      Promise.all(
        [...names].map(async (name) => {
          const bindings = await tenant.list({
            path: `/actions/triggers/${encodeURIComponent(String(name))}/bindings`,
            name: 'bindings',
            item: Binding,
            paging: 'counted',
            scopes: ['read:actions'],
          });
          return {
            name,
            bindings: bindings.map(({ action, ...binding }) => ({ ...binding, action_name: action.name })),
          };
        }),
      ),
  },
  logStreams: {
    label: 'log stream',
    identifiedBy: ['name'],
    replacedWhole: ['sink'],
    filledIn: { httpContentType: 'application/json', httpContentFormat: 'JSONLINES' },
    read: (tenant) =>
      tenant.list({ path: '/log-streams', item: Resource, paging: 'whole', scopes: ['read:log_streams'] }),
  },
  connections: {
    label: 'connection',
    identifiedBy: ['name'],
    clientReferences: ['enabled_clients'],
    replacedWhole: ['options'],
    filledIn: { set_user_root_attributes: 'on_each_login' },
    read: async (tenant, names) => {
      const scopes = ['read:connections'];
      const connections = await tenant.list({
        path: '/connections',
        name: 'connections',
        item: Identified,
        paging: 'checkpoint',
        scopes,
      });
      return Promise.all(
        connections.map(async (connection) => {
          if (!names.has(connection.name)) return connection;
          const clients = await tenant.list({
            path: `/connections/${encodeURIComponent(connection.id)}/clients`,
            name: 'clients',
            item: z.object({ client_id: z.string() }),
            paging: 'checkpoint',
            scopes,
          });
          return { ...connection, enabled_clients: clients.map(({ client_id: id }) => id) };
        }),
      );
    },
  },
};
