import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { permissionsOf } from '../authentication/access-token.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { findUser } from './find-user.ts';
import { notFound } from './management-error.ts';
import { paginate } from './paging.ts';

const RoleIds = z.object({ roles: z.array(z.string()).min(1) });

/** A user's roles, and the permissions that they give. */
export function registerUserRoles(app: FastifyInstance, context: LocalTenantContext): void {
  const { database } = context;
  const { state } = database;

  app.get(
    '/users/:id/roles',
    { config: { anyScope: ['read:users', 'read:roles', 'read:role_members'] } },
    (request) => {
      const user = findUser(state, request.params);
      const roles = state.roles
        .filter(({ id }) => user.roles.includes(id))
        .map(({ permissions: _permissions, ...role }) => role);
      return paginate('roles', roles, request.query);
    },
  );

  app.post(
    '/users/:id/roles',
    { config: { anyScope: ['update:users', 'create:role_members'] } },
    (request, reply) => {
      const user = findUser(state, request.params);
      const { roles } = RoleIds.parse(request.body);
      if (!roles.every((id) => state.roles.some((role) => role.id === id))) throw notFound('role');
      user.roles = [...new Set([...user.roles, ...roles])];
      database.save();
      return reply.code(204).send();
    },
  );

  app.delete(
    '/users/:id/roles',
    { config: { anyScope: ['update:users', 'delete:role_members'] } },
    (request, reply) => {
      const user = findUser(state, request.params);
      const { roles } = RoleIds.parse(request.body);
      user.roles = user.roles.filter((id) => !roles.includes(id));
      database.save();
      return reply.code(204).send();
    },
  );

  app.get('/users/:id/permissions', { config: { anyScope: ['read:users'] } }, (request) => {
    const user = findUser(state, request.params);
    const permissions = state.resourceServers.flatMap(({ identifier, name }) =>
      permissionsOf(context, user, identifier).map((permission) => ({
        permission_name: permission,
        resource_server_identifier: identifier,
        resource_server_name: name,
      })),
    );
    return paginate('permissions', permissions, request.query);
  });
}
