import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { canary } from '../sample-idps/canary.ts';
import type { Client } from '../state/tenant-state.ts';
import { invalidBody, ManagementError, notFound } from './management-error.ts';
import { paginate, selectFields } from './paging.ts';

const ClientPath = z.object({ id: z.string() });
const Filter = z.object({ is_global: z.stringbool().optional(), app_type: z.string().optional() });
const Creation = z.looseObject({
  name: z.string().min(1),
  token_endpoint_auth_method: z.string().optional(),
});
const Patch = z.looseObject({
  name: z.string().min(1).optional(),
  client_id: z.never().optional(),
  client_secret: z.never().optional(),
});
const Credential = z.object({
  credential_type: z.literal('public_key'),
  pem: z.string().startsWith('-----BEGIN PUBLIC KEY-----'),
  alg: z.enum(['RS256', 'RS384', 'PS256']).default('RS256'),
  name: z.string().optional(),
});
const KeptCredentials = z.object({ credentials: z.array(z.looseObject({ id: z.string() })).default([]) });
const keyScopes = ['read:client_keys', 'read:client_credentials'];

/** Clients. Their secrets are shown only to those who may read client keys. */
export function registerClients(app: FastifyInstance, { database, clock }: LocalTenantContext): void {
  const { state } = database;
  const find = (params: unknown): Client => {
    const { id } = ClientPath.parse(params);
    const client = state.clients.find(({ client_id }) => client_id === id);
    if (client === undefined) throw notFound('client', 'inexistent_client');
    return client;
  };

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
      oidc_conformant: false,
      callbacks: [],
      grant_types: ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'],
      ...parsed.data,
      client_id: randomBytes(24).toString('base64').replace(/[+/]/g, 'x').slice(0, 32),
      client_secret: newSecret(),
    };
    state.clients.push(client);
    database.save();
    return reply.code(201).send(shown(client, keyScopes));
  });
  app.patch('/clients/:id', { config: { anyScope: ['update:clients', 'update:client_keys'] } }, (request) => {
    const client = find(request.params);
    const parsed = Patch.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    Object.assign(client, parsed.data);
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

  app.get('/clients/:id/credentials', { config: { anyScope: ['read:client_credentials'] } }, (request) =>
    KeptCredentials.parse(find(request.params)).credentials.map(({ pem: _pem, ...credential }) => credential),
  );
  app.post(
    '/clients/:id/credentials',
    { config: { anyScope: ['create:client_credentials'] } },
    (request, reply) => {
      const client = find(request.params);
      const parsed = Credential.safeParse(request.body);
      if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
      const { credentials } = KeptCredentials.parse(client);
      if (credentials.length >= 2)
        throw new ManagementError(400, 'A client has at most 2 credentials.', 'credentials_limit');
      const now = isoTime(clock.now());
      const kid = createHash('sha256').update(parsed.data.pem).digest('base64url');
      const credential = {
        id: `cred_${randomBytes(8).toString('hex')}`,
        kid,
        ...parsed.data,
        created_at: now,
        updated_at: now,
      };
      client.credentials = [...credentials, credential];
      database.save();
      const { pem: _pem, ...answer } = credential;
      return reply.code(201).send(answer);
    },
  );
}

function newSecret(): string {
  return `${canary}${randomBytes(48).toString('base64url')}`.slice(0, 64);
}

/** Public keys of a client have their own endpoint. */
function shown(client: Client, scopes: readonly string[]): Record<string, unknown> {
  const { client_secret: secret, credentials: _credentials, ...fields } = client;
  return scopes.some((scope) => keyScopes.includes(scope)) ? { ...fields, client_secret: secret } : fields;
}
