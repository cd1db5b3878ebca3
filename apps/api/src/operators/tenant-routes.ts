import {
  neededManagementScopes,
  type Clock,
  type ManagementApi,
  type ManagementTokenSource,
} from '@idp-relay/idp-tokens';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { callerOf } from '../authorize/authorization.ts';
import { permissions } from '../authorize/permission.ts';

/** What the route of the tenant works with. */
export interface TenantRoutesOptions {
  /** The tenant's own domain. */
  readonly domain: string;
  /** Who may issue access tokens. */
  readonly issuers: readonly string[];
  readonly audience: string;
  /** The client that reads IdP tokens. */
  readonly clientId: string;
  readonly authenticationMethod: 'client_secret_post' | 'private_key_jwt';
  /** Client ids of product apps and backends by the names that the policy knows them by. */
  readonly clients: Readonly<Record<string, string>>;
  readonly management: ManagementApi;
  readonly managementTokens: ManagementTokenSource;
  readonly clock: Clock;
}

const Tenant = z
  .object({
    domain: z.string(),
    issuers: z.array(z.string()).describe('Whose access tokens are accepted'),
    audience: z.string().describe('Identifier of the relay’s API in the tenant'),
    management_client: z.object({
      client_id: z.string(),
      authentication_method: z.enum(['client_secret_post', 'private_key_jwt']),
      needed_scopes: z.array(z.string()),
      granted_scopes: z.array(z.string()).optional().describe('Left out where Auth0 did not name them'),
      missing_scopes: z.array(z.string()),
      unneeded_scopes: z.array(z.string()).describe('Granted, and never used: take them away'),
      token: z
        .object({ obtained_at: z.iso.datetime(), expires_at: z.iso.datetime() })
        .optional()
        .describe('Times of the Management API token in memory; never the token'),
      problem: z.string().optional().describe('Code of the error, where no token could be had'),
    }),
    rate_limit: z.object({
      limit: z.number().optional(),
      remaining: z.number().optional().describe('As of the last answer of the Management API'),
      wait_ms: z.number().describe('Until the next request may be sent; 0: now'),
    }),
    permissions: z.array(z.object({ name: z.string(), description: z.string(), held_by_you: z.boolean() })),
    clients: z.array(z.object({ name: z.string(), client_id: z.string() })),
  })
  .meta({ id: 'Tenant' });

/** The route for operators that tells what is provisioned, and whether it is right. */
export const tenantRoutes: FastifyPluginAsyncZod<TenantRoutesOptions> = async (app, options) => {
  app.get(
    '/v1/tenant',
    {
      config: { access: { caller: 'any', permission: 'inspect:identities' } },
      schema: {
        summary: 'What is provisioned in the tenant, and whether it is right',
        tags: ['operators'],
        response: { 200: Tenant },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      return {
        domain: options.domain,
        issuers: [...options.issuers],
        audience: options.audience,
        management_client: {
          client_id: options.clientId,
          authentication_method: options.authenticationMethod,
          ...(await readGrant(options.managementTokens)),
        },
        rate_limit: {
          ...options.management.budget.snapshot(),
          wait_ms: options.management.budget.waitMs(options.clock.now()),
        },
        permissions: Object.entries(permissions).map(([name, description]) => ({
          name,
          description,
          held_by_you: caller.permissions.has(name),
        })),
        clients: Object.entries(options.clients).map(([name, clientId]) => ({ name, client_id: clientId })),
      };
    },
  );
};

type Grant = Omit<z.input<typeof Tenant>['management_client'], 'client_id' | 'authentication_method'>;

async function readGrant(tokens: ManagementTokenSource): Promise<Grant> {
  const needed = [...neededManagementScopes];
  try {
    const { scopes, obtainedAt, expiresAt } = await tokens.get();
    return {
      needed_scopes: needed,
      granted_scopes: scopes && [...scopes],
      missing_scopes: needed.filter((scope) => scopes?.has(scope) === false),
      unneeded_scopes: [...(scopes ?? [])].filter((scope) => !neededManagementScopes.has(scope)),
      token: {
        obtained_at: new Date(obtainedAt).toISOString(),
        expires_at: new Date(expiresAt).toISOString(),
      },
    };
  } catch (error) {
    return {
      needed_scopes: needed,
      missing_scopes: [],
      unneeded_scopes: [],
      problem: error instanceof Error && 'code' in error ? String(error.code) : 'unknown',
    };
  }
}
