import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { ClientGrant } from '../state/tenant-state.ts';
import { invalidBody, ManagementError, notFound } from './management-error.ts';
import { paginate } from './paging.ts';

const GrantPath = z.object({ id: z.string() });
const Filter = z.object({ client_id: z.string().optional(), audience: z.string().optional() });
const Creation = z.looseObject({ client_id: z.string(), audience: z.string(), scope: z.array(z.string()) });
const Patch = z.looseObject({
  scope: z.array(z.string()).optional(),
  client_id: z.never().optional(),
  audience: z.never().optional(),
});

/** Client grants: what clients may ask for by client credentials. */
export function registerClientGrants(app: FastifyInstance, { database }: LocalTenantContext): void {
  const { state } = database;
  const find = (params: unknown): ClientGrant => {
    const { id } = GrantPath.parse(params);
    const grant = state.clientGrants.find((candidate) => candidate.id === id);
    if (grant === undefined) throw notFound('client grant', 'inexistent_client_grant');
    return grant;
  };
  const checkScopes = (audience: string, scope: readonly string[]): void => {
    const server = state.resourceServers.find(({ identifier }) => identifier === audience);
    if (server === undefined) throw notFound('resource server');
    const known = new Set(server.scopes?.map(({ value }) => value));
    const unknown = scope.filter((value) => !known.has(value));
    if (unknown.length > 0) {
      throw new ManagementError(400, `Scopes not found: ${unknown.join(', ')}`, 'invalid_body');
    }
  };

  app.get('/client-grants', { config: { anyScope: ['read:client_grants'] } }, (request) => {
    const { client_id: clientId, audience } = Filter.parse(request.query);
    const grants = state.clientGrants.filter(
      (grant) =>
        (clientId === undefined || grant.client_id === clientId) &&
        (audience === undefined || grant.audience === audience),
    );
    return paginate('client_grants', grants, request.query);
  });
  app.post('/client-grants', { config: { anyScope: ['create:client_grants'] } }, (request, reply) => {
    const parsed = Creation.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    const { client_id: clientId, audience, scope } = parsed.data;
    if (!state.clients.some((client) => client.client_id === clientId))
      throw notFound('client', 'inexistent_client');
    checkScopes(audience, scope);
    if (state.clientGrants.some((grant) => grant.client_id === clientId && grant.audience === audience)) {
      throw new ManagementError(
        409,
        'A resource with these properties already exists.',
        'duplicate_resource',
      );
    }
    const grant: ClientGrant = { ...parsed.data, id: `cgr_${randomBytes(8).toString('base64url')}` };
    state.clientGrants.push(grant);
    database.save();
    return reply.code(201).send(grant);
  });
  app.patch('/client-grants/:id', { config: { anyScope: ['update:client_grants'] } }, (request) => {
    const grant = find(request.params);
    const parsed = Patch.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    if (parsed.data.scope !== undefined) checkScopes(grant.audience, parsed.data.scope);
    Object.assign(grant, parsed.data);
    database.save();
    return grant;
  });
  app.delete('/client-grants/:id', { config: { anyScope: ['delete:client_grants'] } }, (request, reply) => {
    state.clientGrants.splice(state.clientGrants.indexOf(find(request.params)), 1);
    database.save();
    return reply.code(204).send();
  });
}
