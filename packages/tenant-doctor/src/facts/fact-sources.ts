import { createCatalogue } from '@idp-relay/idp-catalogue';
import { z } from 'zod';
import type { Question } from '../question.ts';
import { ActionFacts, BindingFacts, LogStreamFacts } from './action-facts.ts';
import { ApiFacts } from './api-facts.ts';
import { ClientFacts, clientFields, ClientGrantFacts } from './client-facts.ts';
import { ConnectionFacts } from './connection-facts.ts';
import { FactUnavailableError } from './fact-unavailable-error.ts';
import { CustomDomainFacts, IssuerMetadata, SigningKeySet } from './issuer-facts.ts';
import { judgeUser } from './judged-user.ts';
import { readRoleMembers, readRoles } from './role-sources.ts';
import type { ExaminedConnection, FactName, TenantFacts } from './tenant-facts.ts';
import type { TenantReader } from './tenant-reader.ts';

/** Where a fact comes from. */
interface FactSource<Fact> {
  /** Any one of these scopes opens it; none: it needs no token. The first one is the narrowest. */
  readonly scopes: readonly string[];
  /** @throws FactUnavailableError */
  readonly read: (tenant: TenantReader, question: Question) => Promise<Fact>;
}

const connectionScopes = ['read:connections'];
const actionScopes = ['read:actions'];

/** How each fact is read. A list that two facts stem from is read once. */
export const factSources: { readonly [Name in FactName]: FactSource<TenantFacts[Name]> } = {
  clients: {
    scopes: ['read:clients'],
    read: (tenant) =>
      tenant.list({
        path: '/clients',
        name: 'clients',
        item: ClientFacts,
        paging: 'pages',
        fields: clientFields,
        scopes: ['read:clients'],
      }),
  },
  clientGrants: {
    scopes: ['read:client_grants'],
    read: (tenant) =>
      tenant.list({
        path: '/client-grants',
        name: 'client_grants',
        item: ClientGrantFacts,
        paging: 'checkpoint',
        scopes: ['read:client_grants'],
      }),
  },
  apis: {
    scopes: ['read:resource_servers'],
    read: (tenant) =>
      tenant.list({
        path: '/resource-servers',
        name: 'resource_servers',
        item: ApiFacts,
        paging: 'pages',
        scopes: ['read:resource_servers'],
      }),
  },
  roles: { scopes: ['read:roles'], read: readRoles },
  rolesWithMembers: { scopes: ['read:role_members', 'read:users'], read: readRoleMembers },
  connectionNames: {
    scopes: connectionScopes,
    read: async (tenant) => new Set((await readConnections(tenant)).map(({ name }) => name)),
  },
  connections: { scopes: connectionScopes, read: readExaminedConnections },
  enabledConnections: {
    scopes: connectionScopes,
    read: async (tenant, question) => {
      const enabled = new Set<string>();
      for (const { id, name } of await readExaminedConnections(tenant, question)) {
        const clients = await tenant.list({
          path: `/connections/${encodeURIComponent(id)}/clients`,
          name: 'clients',
          item: z.object({ client_id: z.string() }),
          paging: 'first',
          scopes: connectionScopes,
        });
        if (clients.length > 0) enabled.add(name);
      }
      return enabled;
    },
  },
  actions: {
    scopes: actionScopes,
    read: (tenant) =>
      tenant.list({
        path: '/actions/actions',
        name: 'actions',
        item: ActionFacts,
        paging: 'counted',
        scopes: actionScopes,
      }),
  },
  bindings: {
    scopes: actionScopes,
    read: (tenant, { expected }) =>
      tenant.list({
        path: `/actions/triggers/${encodeURIComponent(expected.action?.trigger ?? 'post-login')}/bindings`,
        name: 'bindings',
        item: BindingFacts,
        paging: 'counted',
        scopes: actionScopes,
      }),
  },
  logStreams: {
    scopes: ['read:log_streams'],
    read: (tenant) =>
      tenant.list({
        path: '/log-streams',
        item: LogStreamFacts,
        paging: 'whole',
        scopes: ['read:log_streams'],
      }),
  },
  customDomains: {
    scopes: ['read:custom_domains'],
    read: async (tenant) =>
      (
        await tenant.list({
          path: '/custom-domains',
          item: CustomDomainFacts,
          paging: 'whole',
          scopes: ['read:custom_domains'],
        })
      )
        .filter(({ status }) => status === 'ready')
        .map(({ domain }) => domain),
  },
  issuers: {
    scopes: [],
    read: (tenant, { expected }) =>
      Promise.all(
        [`https://${tenant.domain}`, ...expected.customDomains].map(async (url) => {
          const { origin } = new URL(url);
          const metadata = await tenant.publicDocument(
            `${origin}/.well-known/openid-configuration`,
            IssuerMetadata,
          );
          return { origin, ...(metadata && { issuer: metadata.issuer }) };
        }),
      ),
  },
  signingKeys: {
    scopes: [],
    read: async (tenant) => {
      const set = await tenant.publicDocument(
        `https://${tenant.domain}/.well-known/jwks.json`,
        SigningKeySet,
      );
      return (
        set && {
          all: set.keys.length,
          usable: set.keys.filter(
            ({ kty, alg = 'RS256', use = 'sig' }) => kty === 'RSA' && alg === 'RS256' && use === 'sig',
          ).length,
        }
      );
    },
  },
  clockSkewMs: {
    scopes: [],
    read: async (tenant) => {
      const skew = tenant.clockSkewMs();
      if (skew === undefined) throw new FactUnavailableError('no answer of the tenant says what time it is');
      return skew;
    },
  },
  rateLimit: {
    scopes: [],
    read: async (tenant) => {
      const limit = tenant.rateLimit();
      if (limit === undefined) throw new FactUnavailableError('no answer of the tenant names its rate limit');
      return limit;
    },
  },
  configuration: {
    scopes: [],
    read: async (_tenant, { expected }) => {
      if (expected.configuration === undefined)
        throw new FactUnavailableError('it needs the operators’ file: say which one it is');
      return expected.configuration;
    },
  },
  user: {
    scopes: ['read:users'],
    read: (tenant, question) => tenant.user(userIdOf(question)),
  },
  identities: {
    scopes: ['read:user_idp_tokens'],
    read: async (tenant, question) => {
      if (!(await tenant.mayHaveScope(['read:user_idp_tokens'])))
        throw FactUnavailableError.ofScope(['read:user_idp_tokens']);
      const profile = await tenant.user(userIdOf(question));
      if (profile === undefined) return [];
      const vaulted = await readVaulted(tenant);
      return judgeUser(profile, {
        catalogue: catalogueOf(question),
        configuration: question.expected.configuration,
        isInTokenVault: (connection) => vaulted.has(connection),
        now: tenant.clock.now(),
      });
    },
  },
};

function userIdOf({ userId }: Question): string {
  if (userId === undefined) throw new FactUnavailableError('no user was named');
  return userId;
}

function readConnections(tenant: TenantReader): Promise<readonly ConnectionFacts[]> {
  return tenant.list({
    path: '/connections',
    name: 'connections',
    item: ConnectionFacts,
    paging: 'checkpoint',
    fields: Object.keys(ConnectionFacts.shape),
    scopes: connectionScopes,
  });
}

async function readVaulted(tenant: TenantReader): Promise<ReadonlySet<string>> {
  try {
    const connections = await readConnections(tenant);
    return new Set(connections.filter(({ options }) => options.inTokenVault).map(({ name }) => name));
  } catch (error) {
    if (error instanceof FactUnavailableError) return new Set();
    throw error;
  }
}

const catalogueOf = ({ expected }: Question) => expected.configuration?.catalogue ?? createCatalogue();

/** Those that the question names, else those that the operators' file names, else all that give IdP tokens. */
async function readExaminedConnections(
  tenant: TenantReader,
  question: Question,
): Promise<readonly ExaminedConnection[]> {
  const catalogue = catalogueOf(question);
  const named = question.connections ?? question.expected.configuration?.connectionNames;
  return (await readConnections(tenant))
    .map((connection) => ({
      ...connection,
      entry: catalogue.find({ strategy: connection.strategy, connection: connection.name }),
    }))
    .filter(({ name, entry }) =>
      named === undefined
        ? entry !== undefined && entry.issuesToken !== 'never' && entry.kind !== 'database'
        : named.includes(name),
    );
}
