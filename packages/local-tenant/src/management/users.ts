import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isoTime } from '../clock.ts';
import { readLoginRequest } from '../actions/login-request.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { logSubject } from '../logs/log-subject.ts';
import type { User } from '../state/tenant-state.ts';
import { dropFromVault } from '../token-vault/vault.ts';
import { findUser } from './find-user.ts';
import { invalidBody, invalidQuery, ManagementError } from './management-error.ts';
import { paginate, selectFields } from './paging.ts';
import { publicIdentities } from './user-identities.ts';
import { parseUserQuery } from './user-search.ts';

const UserPath = z.object({ id: z.string() });
const Search = z.object({
  q: z.string().optional(),
  sort: z.string().optional(),
  connection: z.string().optional(),
});
const Patch = z.strictObject({
  blocked: z.boolean().exactOptional(),
  name: z.string().exactOptional(),
  nickname: z.string().exactOptional(),
  picture: z.string().exactOptional(),
  app_metadata: z.record(z.string(), z.unknown()).exactOptional(),
  user_metadata: z.record(z.string(), z.unknown()).exactOptional(),
});
const Creation = Patch.extend({ connection: z.string(), email: z.string(), password: z.string() });

/** Auth0 searches no further than this many users. */
const longestSearch = 1000;

/** Users: read, search, make, change and delete. */
export function registerUsers(app: FastifyInstance, context: LocalTenantContext): void {
  const { database, clock } = context;
  const { state } = database;

  const log = (type: 'ss' | 'sdu', request: FastifyRequest, user: User): void => {
    const subject = { request: readLoginRequest(request, {}), user };
    const body = { tenant: state.tenantId, connection: user.identities[0]?.connection };
    context.logs.record({ type, description: '', ...logSubject(context, subject), details: { body } });
  };
  const save = (user: User): void => {
    user.updated_at = isoTime(clock.now());
    database.save();
  };

  app.get(
    '/users/:id',
    { config: { anyScope: ['read:users', 'read:current_user', 'read:user_idp_tokens'] } },
    (request) =>
      selectFields(publicUser(findUser(state, request.params), request.managementScopes), request.query),
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
      ...fields,
      name: fields.name ?? email,
    };
    state.users.push(user);
    database.save();
    log('ss', request, user);
    return reply.code(201).send(publicUser(user, request.managementScopes));
  });

  app.patch('/users/:id', { config: { anyScope: ['update:users'] } }, (request) => {
    const user = findUser(state, request.params);
    const parsed = Patch.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    Object.assign(user, parsed.data);
    save(user);
    return publicUser(user, request.managementScopes);
  });

  app.delete('/users/:id', { config: { anyScope: ['delete:users'] } }, (request, reply) => {
    const { id } = UserPath.parse(request.params);
    // Deleting somebody who is gone already is no error in Auth0.
    const gone = state.users.find((user) => user.user_id === id);
    if (gone !== undefined) log('sdu', request, gone);
    state.users = state.users.filter((user) => user !== gone);
    dropFromVault(state, id);
    database.save();
    return reply.code(204).send();
  });
}

/** A user as others see it: IdP tokens only under their own scope, and never what belongs to the tenant alone. */
function publicUser(user: User, scopes: readonly string[]): Omit<User, 'password' | 'roles'> {
  const { password: _password, roles: _roles, ...shown } = user;
  return { ...shown, identities: publicIdentities(user, scopes) };
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
