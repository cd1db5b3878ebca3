import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { Role } from '../state/tenant-state.ts';
import { invalidBody, ManagementError, notFound } from './management-error.ts';
import { paginate } from './paging.ts';

const RolePath = z.object({ id: z.string() });
const Filter = z.object({ name_filter: z.string().optional() });
const Creation = z.object({ name: z.string().min(1), description: z.string().optional() });
const Permissions = z.object({
  permissions: z
    .array(z.object({ resource_server_identifier: z.string(), permission_name: z.string() }))
    .min(1),
});
const Members = z.object({ users: z.array(z.string()).min(1) });

/** Roles, their permissions and members. */
export function registerRoles(app: FastifyInstance, { database }: LocalTenantContext): void {
  const { state } = database;
  const find = (params: unknown): Role => {
    const { id } = RolePath.parse(params);
    const role = state.roles.find((candidate) => candidate.id === id);
    if (role === undefined) throw notFound('role', 'inexistent_role');
    return role;
  };
  const readPermissions = (body: unknown): Role['permissions'] => {
    const parsed = Permissions.safeParse(body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    for (const { resource_server_identifier: audience, permission_name: name } of parsed.data.permissions) {
      const server = state.resourceServers.find(({ identifier }) => identifier === audience);
      if (server?.scopes?.some(({ value }) => value === name) !== true) {
        throw new ManagementError(
          404,
          `Permission ${name} of ${audience} does not exist.`,
          'inexistent_permission',
        );
      }
    }
    return parsed.data.permissions;
  };
  const isSame = (a: Role['permissions'][number], b: Role['permissions'][number]): boolean =>
    a.permission_name === b.permission_name && a.resource_server_identifier === b.resource_server_identifier;

  app.get('/roles', { config: { anyScope: ['read:roles'] } }, (request) => {
    const { name_filter: name } = Filter.parse(request.query);
    const roles = state.roles.filter((role) => name === undefined || role.name.includes(name)).map(shown);
    return paginate('roles', roles, request.query);
  });
  app.get('/roles/:id', { config: { anyScope: ['read:roles'] } }, (request) => shown(find(request.params)));
  app.post('/roles', { config: { anyScope: ['create:roles'] } }, (request, reply) => {
    const parsed = Creation.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    if (state.roles.some(({ name }) => name === parsed.data.name)) {
      throw new ManagementError(409, 'A role with that name already exists.', 'role_conflict');
    }
    const { name, description } = parsed.data;
    const id = `rol_${randomBytes(12).toString('base64').replace(/[+/]/g, 'x')}`;
    const role: Role = { id, name, ...(description !== undefined && { description }), permissions: [] };
    state.roles.push(role);
    database.save();
    return reply.code(200).send(shown(role));
  });
  app.patch('/roles/:id', { config: { anyScope: ['update:roles'] } }, (request) => {
    const role = find(request.params);
    const parsed = Creation.partial().safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    if (parsed.data.name !== undefined) role.name = parsed.data.name;
    if (parsed.data.description !== undefined) role.description = parsed.data.description;
    database.save();
    return shown(role);
  });
  app.delete('/roles/:id', { config: { anyScope: ['delete:roles'] } }, (request, reply) => {
    const role = find(request.params);
    state.roles.splice(state.roles.indexOf(role), 1);
    for (const user of state.users) user.roles = user.roles.filter((id) => id !== role.id);
    database.save();
    return reply.code(200).send();
  });

  app.get('/roles/:id/permissions', { config: { anyScope: ['read:roles'] } }, (request) => {
    const permissions = find(request.params).permissions.map((permission) => {
      const server = state.resourceServers.find(
        ({ identifier }) => identifier === permission.resource_server_identifier,
      );
      const scope = server?.scopes?.find(({ value }) => value === permission.permission_name);
      return {
        ...permission,
        resource_server_name: server?.name ?? '',
        description: scope?.description ?? '',
      };
    });
    return paginate('permissions', permissions, request.query);
  });
  app.post('/roles/:id/permissions', { config: { anyScope: ['update:roles'] } }, (request, reply) => {
    const role = find(request.params);
    const added = readPermissions(request.body).filter(
      (one) => !role.permissions.some((kept) => isSame(kept, one)),
    );
    role.permissions.push(...added);
    database.save();
    return reply.code(201).send();
  });
  app.delete('/roles/:id/permissions', { config: { anyScope: ['update:roles'] } }, (request, reply) => {
    const role = find(request.params);
    const removed = readPermissions(request.body);
    role.permissions = role.permissions.filter((kept) => !removed.some((one) => isSame(kept, one)));
    database.save();
    return reply.code(200).send();
  });

  app.get('/roles/:id/users', { config: { anyScope: ['read:role_members', 'read:users'] } }, (request) => {
    const role = find(request.params);
    const users = state.users
      .filter((user) => user.roles.includes(role.id))
      .map(({ user_id, email, name, picture }) => ({ user_id, email, name, picture }));
    return paginate('users', users, request.query);
  });
  app.post('/roles/:id/users', { config: { anyScope: ['create:role_members'] } }, (request, reply) => {
    const role = find(request.params);
    const parsed = Members.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    const members = parsed.data.users.map((id) => state.users.find(({ user_id }) => user_id === id));
    for (const member of members) {
      if (member === undefined) throw notFound('user', 'inexistent_user');
    }
    for (const member of members) if (member?.roles.includes(role.id) === false) member.roles.push(role.id);
    database.save();
    return reply.code(200).send();
  });
}

function shown(role: Role): Omit<Role, 'permissions'> {
  const { permissions: _permissions, ...fields } = role;
  return fields;
}
