import type { Catalogue, CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { ConnectionSettings } from '@idp-relay/idp-tokens';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Policy } from '@idp-relay/relay-configuration';
import type { ConnectionCount, SeenUsers } from './seen-users.ts';

/** What the route of connections works with. */
export interface ConnectionRoutesOptions {
  readonly catalogue: Catalogue;
  readonly policy: Policy;
  readonly settings: (connection: string) => ConnectionSettings;
  /** Connections that the operators' file speaks of. */
  readonly connectionNames: readonly string[];
  readonly seenUsers: SeenUsers;
}

const ConnectionDocument = z
  .object({
    connection: z.string(),
    display_name: z.string(),
    strategy: z.string(),
    known_from: z
      .enum(['configuration', 'users', 'catalogue'])
      .describe('Named in the relay’s file; met in a user; or only known as a strategy of Auth0'),
    relayable: z.enum(['yes', 'no', 'configured', 'unknown']),
    api_base_urls: z.array(z.string()),
    access_token_lifetime_seconds: z.number().optional(),
    access_token_expires: z.enum(['always', 'never', 'sometimes', 'unknown']),
    renewable: z.enum(['yes', 'conditional', 'no', 'unknown']),
    renewable_condition: z.string().optional(),
    token_vault: z.boolean(),
    required_scopes: z.array(z.string()),
    users_seen: z.number().int().describe('Users with this connection whom this process has met'),
    users_callable: z.number().int().describe('Those of them with a token that can be used'),
    notes: z.array(z.string()),
    rules: z.array(
      z.object({
        name: z.string(),
        clients: z.array(z.string()),
        methods: z.array(z.string()),
        paths: z.array(z.string()),
        base_urls: z.array(z.string()).optional(),
      }),
    ),
  })
  .meta({ id: 'Connection' });
type ConnectionDocument = z.input<typeof ConnectionDocument>;

const noneSeen: ConnectionCount = { users: 0, callable: 0 };

/** The route for operators that tells where calls of a connection lead, and what the policy lets through. */
export const connectionRoutes: FastifyPluginAsyncZod<ConnectionRoutesOptions> = async (app, options) => {
  app.get(
    '/v1/connections',
    {
      config: { access: { caller: 'any', permission: 'inspect:identities' } },
      schema: {
        summary:
          'Connections of the configuration, of users seen and of the catalogue, and what the policy lets through',
        tags: ['operators'],
        response: { 200: z.object({ connections: z.array(ConnectionDocument) }) },
      },
    },
    () => ({ connections: listConnections(options) }),
  );
};

/** The nearest first: what the operators configured, what users came through, what else the catalogue knows. */
function listConnections(options: ConnectionRoutesOptions): ConnectionDocument[] {
  const counts = options.seenUsers.countByConnection();
  const describe = (
    name: string,
    knownFrom: ConnectionDocument['known_from'],
    entry: CatalogueEntry | undefined,
  ) => describeConnection(name, knownFrom, entry, counts.get(name) ?? noneSeen, options);
  const configured = new Set(options.connectionNames);
  const seen = [...counts.keys()].filter((name) => !configured.has(name));
  const named = new Set([...configured, ...seen]);
  return [
    ...[...configured].map((name) => describe(name, 'configuration', entryOf(name, options.catalogue))),
    ...seen.map((name) => describe(name, 'users', entryOf(name, options.catalogue))),
    ...options.catalogue
      .entries()
      .filter((entry) => !named.has(entry.name))
      .map((entry) => describe(entry.name, 'catalogue', entry)),
  ];
}

/** Without the tenant's list of connections (which the runtime has no scope for) a name is its own strategy, or oauth2. */
function entryOf(name: string, catalogue: Catalogue): CatalogueEntry | undefined {
  return (
    catalogue.find({ strategy: name, connection: name }) ??
    catalogue.find({ strategy: 'oauth2', connection: name })
  );
}

function describeConnection(
  name: string,
  knownFrom: ConnectionDocument['known_from'],
  entry: CatalogueEntry | undefined,
  count: ConnectionCount,
  { policy, settings }: ConnectionRoutesOptions,
): ConnectionDocument {
  const { requiredScopes, keptInTokenVault } = settings(name);
  return {
    connection: name,
    display_name: entry?.displayName ?? name,
    strategy: entry?.strategy ?? 'unknown',
    known_from: knownFrom,
    relayable: entry?.relayable ?? 'unknown',
    api_base_urls: [...(entry?.apiBaseUrls ?? [])],
    access_token_lifetime_seconds: entry?.accessToken.lifetimeSeconds,
    access_token_expires: entry?.accessToken.expires ?? 'unknown',
    renewable: entry?.refresh?.possible ?? (entry === undefined ? 'unknown' : 'no'),
    renewable_condition: entry?.refresh?.condition,
    token_vault: keptInTokenVault,
    required_scopes: [...requiredScopes],
    users_seen: count.users,
    users_callable: count.callable,
    notes: [...(entry?.notes ?? [])],
    rules: policy.rulesOf(name).map((rule) => ({
      name: rule.name,
      clients: [...rule.clients],
      methods: [...rule.methods],
      paths: [...rule.paths],
      base_urls: rule.base_urls && [...rule.base_urls],
    })),
  };
}
