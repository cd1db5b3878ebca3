import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { permissionsOf } from '../authentication/access-token.ts';
import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { Identity, User } from '../state/tenant-state.ts';
import { invalidBody, invalidQuery, ManagementError, notFound } from './management-error.ts';
import { paginate, selectFields } from './paging.ts';
import { parseUserQuery } from './user-search.ts';

const UserPath = z.object({ id: z.string() });
const Search = z.object({
  q: z.string().optional(),
  sort: z.string().optional(),
  connection: z.string().optional(),
});
const Patch = z.strictObject({
  blocked: z.boolean().optional(),
  name: z.string().optional(),
  nickname: z.string().optional(),
  picture: z.string().optional(),
  app_metadata: z.record(z.string(), z.unknown()).optional(),
  user_metadata: z.record(z.string(), z.unknown()).optional(),
});
const Creation = Patch.extend({ connection: z.string(), email: z.string(), password: z.string() });
const RoleIds = z.object({ roles: z.array(z.string()).min(1) });
const Link = z.object({ provider: z.string(), user_id: z.union([z.string(), z.number()]).transform(String) });
const Unlink = z.object({ id: z.string(), provider: z.string(), user_id: z.string() });

/** Auth0 searches no further than this many users. */
const longestSearch = 1000;

/** Users, their identities and roles. */
export function registerUsers(app: FastifyInstance, context: LocalTenantContext): void {
  const { database, clock } = context;
  const { state } = database;

  const find = (params: unknown): User => {
    const { id } = UserPath.parse(params);
    if (!id.includes('|')) {
      throw new ManagementError(
        400,
        `Object didn't pass validation for format user-id: ${id}`,
        'invalid_uri',
      );
    }
    const user = state.users.find(({ user_id }) => user_id === id);
    if (user === undefined) throw notFound('user', 'inexistent_user');
    return user;
  };
  const save = (user: User): void => {
    user.updated_at = isoTime(clock.now());
    database.save();
  };

  app.get(
    '/users/:id',
    { config: { anyScope: ['read:users', 'read:current_user', 'read:user_idp_tokens'] } },
    (request) => selectFields(publicUser(find(request.params), request.managementScopes), request.query),
  );

  app.get('/users', { config: { anyScope: ['read:users', 'read:user_idp_tokens'] } }, (request) => {
    const parsed = Search.safeParse(request.query);
    if (!parsed.success) throw invalidQuery('unknown parameter');
    const { q, sort, connection } = parsed.data;
    const matches = q === undefined || q === '' ? () => true : parseUserQuery(q);
    const found = state.users
      .map((user) => publicUser(user, request.managementScopes))
      .filter((user) => matches(user))
      .filter(({ identities }) => connection === undefined || identities[0]?.connection === connection);
    const cut = sortUsers(found, sort).slice(0, longestSearch);
    return paginate(
      'users',
      cut.map((user) => selectFields(user, request.query)),
      request.query,
    );
  });

  app.post('/users', { config: { anyScope: ['create:users'] } }, (request, reply) => {
    const parsed = Creation.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    const { connection: name, email, password, ...fields } = parsed.data;
    const connection = state.connections.find((candidate) => candidate.name === name);
    if (connection?.strategy !== 'auth0')
      throw new ManagementError(400, 'The connection does not exist.', 'inexistent_connection');
    if (state.users.some((user) => user.email === email && user.password !== undefined)) {
      throw new ManagementError(409, 'The user already exists.', 'auth0_idp_error');
    }
    const id = randomBytes(12).toString('hex');
    const now = isoTime(clock.now());
    const user: User = {
      user_id: `auth0|${id}`,
      email,
      email_verified: false,
      identities: [{ connection: name, provider: 'auth0', user_id: id, isSocial: false }],
      created_at: now,
      updated_at: now,
      logins_count: 0,
      roles: [],
      password,
      ...withoutUndefined(fields),
      name: fields.name ?? email,
    };
    state.users.push(user);
    database.save();
    return reply.code(201).send(publicUser(user, request.managementScopes));
  });

  app.patch('/users/:id', { config: { anyScope: ['update:users'] } }, (request) => {
    const user = find(request.params);
    const parsed = Patch.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    Object.assign(user, withoutUndefined(parsed.data));
    save(user);
    return publicUser(user, request.managementScopes);
  });

  app.delete('/users/:id', { config: { anyScope: ['delete:users'] } }, (request, reply) => {
    const { id } = UserPath.parse(request.params);
    // Deleting somebody who is gone already is no error in Auth0.
    state.users = state.users.filter((user) => user.user_id !== id);
    database.save();
    return reply.code(204).send();
  });

  app.post('/users/:id/identities', { config: { anyScope: ['update:users'] } }, (request, reply) => {
    const primary = find(request.params);
    const parsed = Link.safeParse(request.body);
    if (!parsed.success) throw invalidBody('provider and user_id are needed');
    const secondary = find({ id: `${parsed.data.provider}|${parsed.data.user_id}` });
    if (secondary === primary) throw invalidBody('Main account and linked account cannot be the same');
    primary.identities.push(...secondary.identities);
    state.users.splice(state.users.indexOf(secondary), 1);
    save(primary);
    return reply.code(201).send(publicIdentities(primary, request.managementScopes));
  });

  app.delete(
    '/users/:id/identities/:provider/:user_id',
    { config: { anyScope: ['update:users'] } },
    (request) => {
      const primary = find(request.params);
      const { provider, user_id: id } = Unlink.parse(request.params);
      const index = primary.identities.findIndex(
        (identity) => identity.provider === provider && identity.user_id === id,
      );
      if (index < 1) throw invalidBody('Only a linked identity can be unlinked');
      const [identity] = primary.identities.splice(index, 1);
      if (identity !== undefined) state.users.push(userOfUnlinked(identity, isoTime(clock.now())));
      save(primary);
      return publicIdentities(primary, request.managementScopes);
    },
  );

  app.get(
    '/users/:id/roles',
    { config: { anyScope: ['read:users', 'read:roles', 'read:role_members'] } },
    (request) => {
      const user = find(request.params);
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
      const user = find(request.params);
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
      const user = find(request.params);
      const { roles } = RoleIds.parse(request.body);
      user.roles = user.roles.filter((id) => !roles.includes(id));
      database.save();
      return reply.code(204).send();
    },
  );

  app.get('/users/:id/permissions', { config: { anyScope: ['read:users'] } }, (request) => {
    const user = find(request.params);
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

/** A user as others see it: IdP tokens only under their own scope, and never what belongs to the tenant alone. */
function publicUser(user: User, scopes: readonly string[]): Omit<User, 'password' | 'roles'> {
  const { password: _password, roles: _roles, ...shown } = user;
  return { ...shown, identities: publicIdentities(user, scopes) };
}

function publicIdentities(user: User, scopes: readonly string[]): Identity[] {
  return user.identities.map((identity, index) => {
    const { access_token, access_token_secret, refresh_token, expires_in, profileData, ...shown } = identity;
    const tokens = withoutUndefined({ access_token, access_token_secret, refresh_token, expires_in });
    return {
      ...shown,
      // Auth0 repeats the profile of linked identities only; the primary one's is the user's own.
      ...(index > 0 && profileData !== undefined && { profileData }),
      ...(scopes.includes('read:user_idp_tokens') && tokens),
    };
  });
}

function userOfUnlinked(identity: Identity, now: string): User {
  return {
    user_id: `${identity.provider}|${identity.user_id}`,
    name: typeof identity.profileData?.name === 'string' ? identity.profileData.name : identity.user_id,
    identities: [identity],
    created_at: now,
    updated_at: now,
    logins_count: 0,
    roles: [],
  };
}

function sortUsers<Item extends object>(users: readonly Item[], sort: string | undefined): readonly Item[] {
  if (sort === undefined) return users;
  const [field = '', direction = '1'] = sort.split(':');
  const value = (user: Item): string => {
    const found = new Map<string, unknown>(Object.entries(user)).get(field);
    return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
  };
  return [...users].sort((a, b) => value(a).localeCompare(value(b)) * (direction === '-1' ? -1 : 1));
}

type Defined<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

function withoutUndefined<Fields extends object>(fields: Fields): Defined<Fields> {
  const defined: Defined<Fields> = {};
  for (const name of Object.keys(fields))
    if (isKey(fields, name) && isDefined(fields, name)) defined[name] = fields[name];
  return defined;
}

function isKey<Fields extends object>(fields: Fields, name: string): name is Extract<keyof Fields, string> {
  return Object.hasOwn(fields, name);
}

function isDefined<Fields extends object, Name extends keyof Fields>(
  fields: Fields,
  name: Name,
): fields is Fields & Record<Name, Exclude<Fields[Name], undefined>> {
  return fields[name] !== undefined;
}
