import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { Connection } from '../state/tenant-state.ts';
import { invalidBody, ManagementError, notFound } from './management-error.ts';
import { paginate, selectFields } from './paging.ts';

const ConnectionPath = z.object({ id: z.string() });
const list = z.union([z.array(z.string()), z.string().transform((text) => [text])]).optional();
const Filter = z.object({ name: z.string().optional(), strategy: list });
const Creation = z.looseObject({
  name: z.string().min(1),
  strategy: z.string().min(1),
  options: z.record(z.string(), z.unknown()).default({}),
});
const Patch = z.looseObject({
  options: z.record(z.string(), z.unknown()).optional(),
  name: z.never().optional(),
  strategy: z.never().optional(),
});
const ClientStatuses = z.array(z.object({ client_id: z.string(), status: z.boolean() }));

/** Connections, and the clients they are enabled for. */
export function registerConnections(app: FastifyInstance, { database, clock }: LocalTenantContext): void {
  const { state } = database;
  const find = (params: unknown): Connection => {
    const { id } = ConnectionPath.parse(params);
    const connection = state.connections.find((candidate) => candidate.id === id);
    if (connection === undefined) throw notFound('connection', 'inexistent_connection');
    return connection;
  };
  const enabledClients = ({ enabled_clients: enabled }: Connection): string[] =>
    enabled === 'all' ? state.clients.map(({ client_id }) => client_id) : enabled;
  // Which clients a connection is enabled for has an endpoint of its own.
  const shown = (connection: Connection) => {
    const { enabled_clients: _enabled, ...fields } = connection;
    return { ...fields, realms: [connection.name], is_domain_connection: false };
  };

  app.get('/connections', { config: { anyScope: ['read:connections'] } }, (request) => {
    const { name, strategy } = Filter.parse(request.query);
    const connections = state.connections
      .filter((connection) => name === undefined || connection.name === name)
      .filter((connection) => strategy?.includes(connection.strategy) ?? true)
      .map((connection) => selectFields(shown(connection), request.query));
    return paginate('connections', connections, request.query);
  });
  app.get('/connections/:id', { config: { anyScope: ['read:connections'] } }, (request) =>
    selectFields(shown(find(request.params)), request.query),
  );
  app.post('/connections', { config: { anyScope: ['create:connections'] } }, (request, reply) => {
    const parsed = Creation.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    if (state.connections.some(({ name }) => name === parsed.data.name)) {
      throw new ManagementError(
        409,
        'A connection with the same name already exists.',
        'connection_conflict',
      );
    }
    const connection: Connection = {
      ...parsed.data,
      id: `con_${randomBytes(12).toString('base64').replace(/[+/]/g, 'x')}`,
      enabled_clients: [],
    };
    state.connections.push(connection);
    database.save();
    return reply.code(201).send(shown(connection));
  });
  app.patch('/connections/:id', { config: { anyScope: ['update:connections'] } }, (request) => {
    const connection = find(request.params);
    const parsed = Patch.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    // As in Auth0, options are replaced whole: what is left out is gone.
    Object.assign(connection, parsed.data);
    database.save();
    return shown(connection);
  });
  app.delete('/connections/:id', { config: { anyScope: ['delete:connections'] } }, (request, reply) => {
    state.connections.splice(state.connections.indexOf(find(request.params)), 1);
    database.save();
    return reply.code(202).send({ deleted_at: isoTime(clock.now()) });
  });
  app.get('/connections/:id/clients', { config: { anyScope: ['read:connections'] } }, (request) => {
    const clients = enabledClients(find(request.params)).map((client_id) => ({ client_id }));
    return paginate('clients', clients, { take: '100', ...z.looseObject({}).parse(request.query) });
  });
  app.patch(
    '/connections/:id/clients',
    { config: { anyScope: ['update:connections'] } },
    (request, reply) => {
      const connection = find(request.params);
      const changes = new Map(
        ClientStatuses.parse(request.body).map(({ client_id, status }) => [client_id, status]),
      );
      const kept = enabledClients(connection).filter((id) => changes.get(id) !== false);
      const added = [...changes].filter(([id, status]) => status && !kept.includes(id)).map(([id]) => id);
      connection.enabled_clients = [...kept, ...added];
      database.save();
      return reply.code(204).send();
    },
  );
}
