import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { canary } from '../sample-idps/canary.ts';
import type { Client } from '../state/tenant-state.ts';
import { requireAuthenticationMethods, requireFieldScopes } from './client-authentication-methods.ts';
import { keepPrivilegedAccess } from './client-credentials.ts';
import { findClient } from './find-client.ts';
import { invalidBody } from './management-error.ts';
import { paginate, selectFields } from './paging.ts';

const Filter = z.object({ is_global: z.stringbool().optional(), app_type: z.string().optional() });
const Creation = z.looseObject({
  name: z.string().min(1),
  app_type: z.string().optional(),
  token_endpoint_auth_method: z.string().nullable().optional(),
});
const Patch = z.looseObject({
  name: z.string().min(1).optional(),
  client_id: z.never().optional(),
  client_secret: z.never().optional(),
  token_endpoint_auth_method: z.string().nullable().optional(),
});
const keyScopes = ['read:client_keys', 'read:client_credentials'];

/** Clients. Their secrets are shown only to those who may read client keys. */
export function registerClients(app: FastifyInstance, { database, clock }: LocalTenantContext): void {
  const { state } = database;
  const find = (params: unknown): Client => findClient(state, params);

  app.get('/clients', { config: { anyScope: ['read:clients', 'read:client_keys'] } }, (request) => {
    const { is_global: global, app_type: appType } = Filter.parse(request.query);
    const clients = state.clients
      .filter((client) => global !== true && (appType === undefined || client.app_type === appType))
      .map((client) => selectFields(shown(client, request.managementScopes), request.query));
    return paginate('clients', clients, request.query);
  });
  app.get('/clients/:id', { config: { anyScope: ['read:clients', 'read:client_keys'] } }, (request) =>
    selectFields(shown(find(request.params), request.managementScopes), request.query),
  );
  app.post('/clients', { config: { anyScope: ['create:clients'] } }, (request, reply) => {
    const parsed = Creation.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    const client: Client = {
      global: false,
      is_first_party: true,
      // By Auth0's own example an API's client is made without a word of it, and may use Token Vault at once.
      oidc_conformant: parsed.data.app_type === 'resource_server',
      callbacks: [],
      grant_types: ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'],
      ...parsed.data,
      client_id: randomBytes(24).toString('base64').replace(/[+/]/g, 'x').slice(0, 32),
      client_secret: newSecret(),
    };
    keepPrivilegedAccess(client, isoTime(clock.now()));
    state.clients.push(client);
    database.save();
    return reply.code(201).send(shown(client, keyScopes));
  });
  app.patch('/clients/:id', { config: { anyScope: ['update:clients', 'update:client_keys'] } }, (request) => {
    const client = find(request.params);
    const parsed = Patch.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    requireFieldScopes(parsed.data, request.managementScopes);
    const changed: Client = { ...client };
    Object.assign(changed, parsed.data);
    requireAuthenticationMethods(changed);
    keepPrivilegedAccess(changed, isoTime(clock.now()));
    Object.assign(client, changed);
    database.save();
    return shown(client, request.managementScopes);
  });
  app.delete('/clients/:id', { config: { anyScope: ['delete:clients'] } }, (request, reply) => {
    const client = find(request.params);
    state.clients.splice(state.clients.indexOf(client), 1);
    state.clientGrants = state.clientGrants.filter((grant) => grant.client_id !== client.client_id);
    database.save();
    return reply.code(204).send();
  });
  app.post('/clients/:id/rotate-secret', { config: { anyScope: ['update:client_keys'] } }, (request) => {
    const client = find(request.params);
    client.client_secret = newSecret();
    database.save();
    return shown(client, keyScopes);
  });
}

function newSecret(): string {
  return `${canary}${randomBytes(48).toString('base64url')}`.slice(0, 64);
}

/** Public keys of a client have their own endpoint. */
function shown(client: Client, scopes: readonly string[]): Record<string, unknown> {
  const { client_secret: secret, credentials: _credentials, ...fields } = client;
  return scopes.some((scope) => keyScopes.includes(scope)) ? { ...fields, client_secret: secret } : fields;
}
