import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';

/** Names of the operations that write, as Auth0's description of its API has them. */
const names = new Map([
  ['POST /users', 'Create a User'],
  ['PATCH /users/:id', 'Update a User'],
  ['DELETE /users/:id', 'Delete a User'],
  ['POST /users/:id/identities', 'Link a User Account'],
  ['DELETE /users/:id/identities/:provider/:user_id', 'Unlink a User Identity'],
  ['POST /users/:id/roles', 'Assign roles to a user'],
  ['DELETE /users/:id/roles', 'Removes roles from a user'],
  ['POST /clients', 'Create a client'],
  ['PATCH /clients/:id', 'Update a client'],
  ['DELETE /clients/:id', 'Delete a client'],
  ['POST /clients/:id/rotate-secret', 'Rotate a client secret'],
  ['POST /clients/:id/credentials', 'Create a client credential'],
  ['POST /client-grants', 'Create client grant'],
  ['PATCH /client-grants/:id', 'Update client grant'],
  ['DELETE /client-grants/:id', 'Delete client grant'],
  ['POST /resource-servers', 'Create a resource server'],
  ['PATCH /resource-servers/:id', 'Update a resource server'],
  ['DELETE /resource-servers/:id', 'Delete a resource server'],
  ['POST /roles', 'Create a role'],
  ['PATCH /roles/:id', 'Update a role'],
  ['DELETE /roles/:id', 'Delete a role'],
  ['POST /roles/:id/permissions', 'Associate permissions with a role'],
  ['DELETE /roles/:id/permissions', 'Remove permissions from a role'],
  ['POST /roles/:id/users', 'Assign users to a role'],
  ['POST /connections', 'Create a connection'],
  ['PATCH /connections/:id', 'Update a connection'],
  ['DELETE /connections/:id', 'Delete a connection'],
  ['PATCH /connections/:id/clients', 'Update enabled clients for a connection'],
  ['POST /actions/actions', 'Create an action'],
  ['PATCH /actions/actions/:id', 'Update an action'],
  ['DELETE /actions/actions/:id', 'Delete an action'],
  ['POST /actions/actions/:id/deploy', 'Deploy an action'],
  ['POST /actions/actions/:id/versions/:versionId/deploy', 'Roll back to a previous action version'],
  ['PATCH /actions/triggers/:id/bindings', 'Update trigger bindings'],
  ['POST /log-streams', 'Create a log stream'],
  ['PATCH /log-streams/:id', 'Update a log stream'],
  ['DELETE /log-streams/:id', 'Delete log stream'],
]);
const readsOfSecrets = new Map([
  ['GET /clients', 'Get clients'],
  ['GET /clients/:id', 'Get client by ID'],
]);

/** The fields of a body that a log may hold; all others could be secrets. */
const Shown = z
  .object({
    audience: z.string(),
    blocked: z.boolean(),
    client_id: z.string(),
    connection: z.string(),
    id: z.string(),
    name: z.string(),
    provider: z.string(),
    roles: z.array(z.string()),
    scope: z.array(z.string()),
    status: z.string(),
    user_id: z.union([z.string(), z.number()]),
    users: z.array(z.string()),
  })
  .partial()
  .catch({});

/** Writes a log event of each operation that changed something (`sapi`), or told secrets of clients (`mgmt_api_read`). */
export function logOperations(api: FastifyInstance, context: LocalTenantContext): void {
  const answers = new WeakMap<FastifyRequest, unknown>();
  api.addHook('preSerialization', async (request, _reply, payload) => {
    answers.set(request, payload);
    return payload;
  });
  // Before the answer is sent, so that whoever has it finds the event in the log.
  api.addHook('onSend', async (request, reply) => {
    if (reply.statusCode >= 400) return;
    const operation = `${request.method} ${request.routeOptions.url?.replace('/api/v2', '') ?? ''}`;
    const description = names.get(operation);
    const read = request.managementScopes.some((scope) => clientSecretScopes.includes(scope))
      ? readsOfSecrets.get(operation)
      : undefined;
    const name = description ?? read;
    if (name === undefined) return;
    const { ip, managementClientId: clientId } = request;
    const client = context.database.state.clients.find(({ client_id: id }) => id === clientId);
    const [path = ''] = request.url.split('?');
    const userAgent = request.headers['user-agent'];
    context.logs.record({
      type: description === undefined ? 'mgmt_api_read' : 'sapi',
      description: name,
      client_id: clientId,
      client_name: client?.name ?? '',
      ip,
      ...(userAgent !== undefined && { user_agent: userAgent }),
      details: {
        ...(description === undefined && { accessedSecrets: ['client_secret'] }),
        request: {
          method: request.method.toLowerCase(),
          path,
          query: request.query,
          userAgent,
          channel: 'api',
          ip,
          auth: { strategy: 'jwt', credentials: { scopes: request.managementScopes } },
          body: Shown.parse(request.body),
        },
        response: { statusCode: reply.statusCode, body: Shown.parse(answers.get(request)) },
      },
    });
  });
}

const clientSecretScopes = ['read:client_keys', 'read:client_credentials'];
