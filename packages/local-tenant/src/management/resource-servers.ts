import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { ResourceServer } from '../state/tenant-state.ts';
import { invalidBody, ManagementError, notFound } from './management-error.ts';
import { paginate, selectFields } from './paging.ts';

const ServerPath = z.object({ id: z.string() });
const scopes = z
  .array(z.looseObject({ value: z.string().min(1), description: z.string().optional() }))
  .optional();
const Creation = z.looseObject({ identifier: z.string().min(1), name: z.string().optional(), scopes });
const Patch = z.looseObject({
  name: z.string().optional(),
  scopes,
  identifier: z.never().optional(),
  id: z.never().optional(),
});

/** Resource servers, the Management API's own among them. */
export function registerResourceServers(app: FastifyInstance, { database }: LocalTenantContext): void {
  const { state } = database;
  const find = (params: unknown): ResourceServer => {
    const { id } = ServerPath.parse(params);
    const server = state.resourceServers.find(
      (candidate) => candidate.id === id || candidate.identifier === id,
    );
    if (server === undefined) throw notFound('resource server');
    return server;
  };

  app.get('/resource-servers', { config: { anyScope: ['read:resource_servers'] } }, (request) =>
    paginate('resource_servers', state.resourceServers, request.query),
  );
  app.get('/resource-servers/:id', { config: { anyScope: ['read:resource_servers'] } }, (request) =>
    selectFields(find(request.params), request.query),
  );
  app.post('/resource-servers', { config: { anyScope: ['create:resource_servers'] } }, (request, reply) => {
    const parsed = Creation.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    if (state.resourceServers.some(({ identifier }) => identifier === parsed.data.identifier)) {
      throw new ManagementError(
        409,
        'A resource server with the same identifier already exists.',
        'resource_server_conflict',
      );
    }
    const server: ResourceServer = {
      signing_alg: 'RS256',
      token_lifetime: 86_400,
      allow_offline_access: false,
      skip_consent_for_verifiable_first_party_clients: true,
      ...parsed.data,
      id: randomBytes(12).toString('hex'),
      is_system: false,
    };
    state.resourceServers.push(server);
    database.save();
    return reply.code(201).send(server);
  });
  app.patch(
    '/resource-servers/:id',
    { config: { anyScope: ['update:resource_servers'] } },
    (request, reply) => {
      const server = find(request.params);
      const parsed = Patch.safeParse(request.body);
      if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
      if (server.is_system === true)
        throw new ManagementError(400, 'System APIs cannot be changed.', 'operation_not_supported');
      Object.assign(server, parsed.data);
      database.save();
      // By Auth0's own description an update answers 201.
      return reply.code(201).send(server);
    },
  );
  app.delete(
    '/resource-servers/:id',
    { config: { anyScope: ['delete:resource_servers'] } },
    (request, reply) => {
      const server = find(request.params);
      if (server.is_system === true)
        throw new ManagementError(400, 'System APIs cannot be deleted.', 'operation_not_supported');
      state.resourceServers.splice(state.resourceServers.indexOf(server), 1);
      database.save();
      return reply.code(204).send();
    },
  );
}
