import type { FastifyInstance } from 'fastify';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { registerActionExecutions } from './action-executions.ts';
import { registerActionTriggers } from './action-triggers.ts';
import { registerActionVersions } from './action-versions.ts';
import { registerActions } from './actions.ts';
import { authenticateManagement } from './authenticate.ts';
import { registerClientGrants } from './client-grants.ts';
import { registerClientCredentials } from './client-credentials.ts';
import { registerClients } from './clients.ts';
import { registerConnections } from './connections.ts';
import { registerLogStreams } from './log-streams.ts';
import { registerLogs } from './logs.ts';
import { registerCustomDomains } from './custom-domains.ts';
import { ManagementError, toManagementError } from './management-error.ts';
import { logOperations } from './operation-logs.ts';
import type { RateLimit } from './rate-limit.ts';
import { registerResourceServers } from './resource-servers.ts';
import { registerRoles } from './roles.ts';
import { registerTenantSettings } from './tenant-settings.ts';
import { registerUserIdentities } from './user-identities.ts';
import { registerUserRoles } from './user-roles.ts';
import { registerUsers } from './users.ts';

/** Adds the Management API, as far as the local tenant has it, to an app. */
export function registerManagementApi(
  app: FastifyInstance,
  context: LocalTenantContext,
  rateLimit: RateLimit,
): void {
  void app.register(
    async (api) => {
      api.decorateRequest('managementScopes', { getter: () => [] });
      api.decorateRequest('managementClientId', { getter: () => '' });
      api.addHook('onRequest', async (request, reply) => {
        const { allowed, headers } = rateLimit.take();
        void reply.headers(headers);
        if (!allowed) throw new ManagementError(429, 'Global limit has been reached', 'too_many_requests');
        const { scopes, clientId } = await authenticateManagement(context, request);
        Object.defineProperty(request, 'managementScopes', { value: scopes });
        Object.defineProperty(request, 'managementClientId', { value: clientId });
      });
      api.setErrorHandler((error, _request, reply) => {
        const known = toManagementError(error);
        return reply.code(known.statusCode).send(known.toJSON());
      });
      api.setNotFoundHandler((_request, reply) =>
        reply.code(404).send(new ManagementError(404, 'Not Found').toJSON()),
      );
      logOperations(api, context);
      registerUsers(api, context);
      registerUserIdentities(api, context);
      registerUserRoles(api, context);
      registerClients(api, context);
      registerClientCredentials(api, context);
      registerClientGrants(api, context);
      registerResourceServers(api, context);
      registerRoles(api, context);
      registerConnections(api, context);
      registerActions(api, context);
      registerActionVersions(api, context);
      registerActionTriggers(api, context);
      registerActionExecutions(api, context);
      registerLogStreams(api, context);
      registerLogs(api, context);
      registerCustomDomains(api, context);
      registerTenantSettings(api);
    },
    { prefix: '/api/v2' },
  );
}
