import type { Catalogue } from '@idp-relay/idp-catalogue';
import type { Clock, ConnectionSettings, ManagementApi } from '@idp-relay/idp-tokens';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Policy } from '../authorize/policy.ts';
import { searchUsers } from './user-search.ts';

/** What the operators' routes work with. */
export interface OperatorRoutesOptions {
  readonly management: ManagementApi;
  readonly catalogue: Catalogue;
  readonly policy: Policy;
  readonly settings: (connection: string) => ConnectionSettings;
  /** Connections that the operators' file speaks of. */
  readonly connectionNames: readonly string[];
  readonly clock: Clock;
  /** Longest wait for Auth0, in milliseconds. */
  readonly requestDeadlineMs: number;
}

const Users = z.object({
  users: z.array(
    z.object({
      user_id: z.string(),
      name: z.string().optional(),
      email: z.string().optional(),
      picture: z.string().optional(),
      last_login: z.string().optional(),
      blocked: z.boolean(),
      identities: z.array(
        z.object({ connection: z.string(), provider: z.string(), idp_user_id: z.string() }),
      ),
    }),
  ),
  page: z.number().int(),
  per_page: z.number().int(),
  total: z.number().int(),
});

const Connections = z.object({
  connections: z.array(
    z.object({
      connection: z.string(),
      display_name: z.string(),
      strategy: z.string(),
      relayable: z.enum(['yes', 'no', 'configured', 'unknown']),
      api_base_urls: z.array(z.string()),
      access_token_lifetime_seconds: z.number().optional(),
      renewable: z.enum(['yes', 'conditional', 'no', 'unknown']),
      token_vault: z.boolean(),
      required_scopes: z.array(z.string()),
      rules: z.array(
        z.object({
          name: z.string(),
          clients: z.array(z.string()),
          methods: z.array(z.string()),
          paths: z.array(z.string()),
          base_urls: z.array(z.string()).optional(),
        }),
      ),
    }),
  ),
});

const access = { caller: 'any', permission: 'inspect:identities' } as const;

/** Routes for operators: find users, see what the policy and the catalogue say of connections. */
export const operatorRoutes: FastifyPluginAsyncZod<OperatorRoutesOptions> = async (app, options) => {
  app.get(
    '/v1/users',
    {
      config: { access },
      schema: {
        summary: 'Find users by name, e-mail or user id',
        tags: ['operators'],
        querystring: z.object({
          q: z
            .string()
            .max(200)
            .default('')
            .describe('Beginning of a name or e-mail address, or a whole user id'),
          page: z.coerce.number().int().min(0).max(19).default(0).describe('Counted from 0'),
          per_page: z.coerce.number().int().min(1).max(50).default(25),
        }),
        response: { 200: Users },
      },
    },
    async (request) => {
      const { q: text, page, per_page: perPage } = request.query;
      const deadline = options.clock.now() + options.requestDeadlineMs;
      const found = await searchUsers(options.management, { text, page, perPage, deadline });
      return {
        users: found.users.map(({ identities, ...user }) => ({
          ...user,
          blocked: user.blocked ?? false,
          identities: identities.map(({ connection, provider, user_id }) => ({
            connection,
            provider,
            idp_user_id: user_id,
          })),
        })),
        page,
        per_page: perPage,
        total: found.total,
      };
    },
  );

  app.get(
    '/v1/connections',
    {
      config: { access },
      schema: {
        summary:
          'Connections that the configuration speaks of: where they lead, and what the policy lets through',
        tags: ['operators'],
        response: { 200: Connections },
      },
    },
    () => ({ connections: options.connectionNames.map((name) => describeConnection(name, options)) }),
  );
};

function describeConnection(
  name: string,
  { catalogue, policy, settings }: OperatorRoutesOptions,
): z.input<typeof Connections>['connections'][number] {
  // Without the tenant's list of connections (which the runtime has no scope for) a name is its own strategy, or oauth2.
  const entry =
    catalogue.find({ strategy: name, connection: name }) ??
    catalogue.find({ strategy: 'oauth2', connection: name });
  const { requiredScopes, keptInTokenVault } = settings(name);
  return {
    connection: name,
    display_name: entry?.displayName ?? name,
    strategy: entry?.strategy ?? 'unknown',
    relayable: entry?.relayable ?? 'unknown',
    api_base_urls: [...(entry?.apiBaseUrls ?? [])],
    access_token_lifetime_seconds: entry?.accessToken.lifetimeSeconds,
    renewable: entry?.refresh?.possible ?? 'unknown',
    token_vault: keptInTokenVault,
    required_scopes: [...requiredScopes],
    rules: policy.rulesOf(name).map((rule) => ({
      name: rule.name,
      clients: [...rule.clients],
      methods: [...rule.methods],
      paths: [...rule.paths],
      base_urls: rule.base_urls && [...rule.base_urls],
    })),
  };
}
