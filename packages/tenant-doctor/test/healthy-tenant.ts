import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createManagementTokenSource, Secret, systemClock, type Clock } from '@idp-relay/idp-tokens';
import { canary, sampleIdpClient, startLocalTenant, type LocalTenant } from '@idp-relay/local-tenant';
import { parseRelayConfiguration, type RelayConfiguration } from '@idp-relay/relay-configuration';
import { z } from 'zod';
import { createTenantReader, type TenantExpectations, type TenantReader } from '../src/index.ts';
import { testApi, type TestApi } from './test-api.ts';

/** Where the tests' relay has its API and its dashboard. */
export const audience = 'https://idp-relay.test';
export const dashboardUrl = 'https://dashboard.test';
export const callback = 'http://localhost:9/callback';
export const relayEndpoint = 'https://relay.test/v1/notices/log-events';
export const stamp = 'a1b2c3';
/** In everything that must not be seen. */
export const secret = `${canary}-of-the-doctor-test`;

/** Ids that the tenant chose. */
export interface Ids {
  relay: string;
  dashboard: string;
  product: string;
  api: string;
  relayGrant: string;
  role: string;
  stream: string;
  action: string;
  readonly connections: Record<string, string>;
}

/** A tenant that is as the relay needs it. */
export interface HealthyTenant {
  readonly tenant: LocalTenant;
  readonly api: TestApi;
  readonly ids: Ids;
  readonly expected: TenantExpectations;
  /** The operators' file with changes to its text. */
  readonly configuration: (change?: (text: string) => string) => RelayConfiguration;
  /** A reader that remembers nothing yet. */
  readonly reader: (options?: {
    readonly offsetMs?: number;
    readonly fetch?: typeof fetch;
    readonly client?: string;
  }) => TenantReader;
}

const Made = z.looseObject({ id: z.string().optional(), client_id: z.string().optional() });
const idOf = (made: unknown): string => {
  const { id, client_id: clientId } = Made.parse(made);
  return id ?? clientId ?? '';
};

const permissions = ['call:idp', 'call:idp_for_users', 'inspect:identities', 'revoke:identities'];
const operatorPermissions = ['inspect:identities', 'revoke:identities'];

/** The relay's Action as a deployment leaves it. */
export const actionBody = {
  name: 'IdP Relay',
  supported_triggers: [{ id: 'post-login', version: 'v3' }],
  code: `// idp-relay post-login ${stamp}\nexports.onExecutePostLogin = async () => {};`,
  secrets: ['RELAY_URL', 'RELAY_AUDIENCE', 'NOTICE_SECRET'].map((name) => ({ name, value: secret })),
};
/** The relay's log stream as a deployment leaves it. */
export const streamBody = {
  name: 'IdP Relay',
  type: 'http',
  sink: { httpEndpoint: relayEndpoint, httpAuthorization: `Bearer ${secret}` },
};
/** The dashboard's client as a deployment leaves it. */
export const dashboardBody = {
  name: 'IdP Relay Dashboard',
  app_type: 'spa',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  callbacks: [dashboardUrl],
  allowed_logout_urls: [dashboardUrl],
  web_origins: [dashboardUrl],
  refresh_token: { rotation_type: 'rotating' },
};
/** The relay's client as a careful operator leaves it: with a key in the place of a secret. */
export const relayBody = {
  name: 'IdP Relay API',
  app_type: 'non_interactive',
  grant_types: ['client_credentials'],
  token_endpoint_auth_method: null,
  jwt_configuration: { alg: 'RS256' },
  client_authentication_methods: { private_key_jwt: { credentials: [{ id: 'cred_1' }] } },
};
/** Options of the connections that the operators' file speaks of. */
export const connectionOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  github: { client_id: 'auth0-at-github', client_secret: secret, scope: ['user:email'], repo: true },
  'google-oauth2': {
    client_id: 'auth0-at-google-oauth2',
    client_secret: secret,
    scope: ['email', 'profile'],
    upstream_params: { access_type: { value: 'offline' } },
  },
  'google-vault': {
    client_id: 'auth0-at-google-oauth2',
    client_secret: secret,
    offline_access: true,
    federated_connections_access_tokens: { active: true },
  },
  'acme-crm': { client_id: 'crm', client_secret: secret, scope: 'contacts' },
  'acme-entra': {
    client_id: 'entra',
    client_secret: secret,
    scope: ['offline_access'],
    ext_access_token: true,
  },
  'acme-oidc': {
    client_id: 'oidc',
    client_secret: secret,
    scope: 'openid offline_access',
    type: 'back_channel',
  },
};

const configurationText = `
clients: { product: '\${PRODUCT}' }
sign_in: { client: product, redirect_uri: '${callback}' }
rules:
  - { name: all, clients: [product], connections: [github, google-oauth2, google-vault, acme-crm, acme-entra, acme-oidc], methods: [GET], paths: ['/*'] }
connections:
  github: { required_scopes: [repo, 'user:email'] }
  google-oauth2: { client: { id: auth0-at-google-oauth2, secret: '\${GOOGLE_SECRET}' } }
  google-vault: { token_vault: true, catalogue: { extends: google-oauth2 } }
  acme-crm: { catalogue: { extends: oauth2, apiBaseUrls: ['https://crm.example.com'] } }
  acme-entra: { client: { id: entra, secret: '${secret}' }, catalogue: { extends: waad } }
  acme-oidc: { client: { id: oidc, secret: '${secret}' }, catalogue: { extends: oidc, apiBaseUrls: ['https://oidc.example.com'] } }
`;

/** Starts a tenant and provisions it through its Management API, as a deployment and its operators would. */
export async function startHealthyTenant(): Promise<HealthyTenant> {
  const tenant = await startLocalTenant({ plan: 'unlimited' });
  setDefaultCACertificates([...getCACertificates('default'), tenant.authority]);
  const api = await testApi(tenant);
  const make = async (path: string, body: unknown): Promise<string> => idOf(await api('POST', path, body));
  const relay = await make('/clients', relayBody);
  const keyed = tenant.database.state.clients.find(({ client_id: id }) => id === relay);
  if (keyed) keyed.credentials = [{ id: 'cred_1' }];
  const dashboard = await make('/clients', dashboardBody);
  const product = await make('/clients', {
    name: 'Product',
    app_type: 'spa',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    callbacks: [callback],
  });
  const apiId = await make('/resource-servers', {
    identifier: audience,
    name: 'IdP Relay',
    signing_alg: 'RS256',
    enforce_policies: true,
    token_dialect: 'access_token_authz',
    token_lifetime: 3600,
    token_lifetime_for_web: 3600,
    allow_offline_access: true,
    scopes: permissions.map((value) => ({ value })),
  });
  const relayGrant = await make('/client-grants', {
    client_id: relay,
    audience: `https://${tenant.domain}/api/v2/`,
    scope: ['read:users', 'read:user_idp_tokens'],
  });
  const role = await make('/roles', { name: 'IdP Relay Operator' });
  await api('POST', `/roles/${role}/permissions`, {
    permissions: operatorPermissions.map((permission_name) => ({
      permission_name,
      resource_server_identifier: audience,
    })),
  });
  await api('POST', `/roles/${role}/users`, { users: ['github|1001'] });
  const action = await make('/actions/actions', { ...actionBody, deploy: true });
  await api('PATCH', '/actions/triggers/post-login/bindings', {
    bindings: [{ ref: { type: 'action_id', value: action } }],
  });
  const stream = await make('/log-streams', streamBody);
  const connections: Record<string, string> = {};
  for (const connection of tenant.database.state.connections) connections[connection.name] = connection.id;
  for (const [name, strategy] of [
    ['acme-entra', 'waad'],
    ['acme-oidc', 'oidc'],
  ] as const) {
    connections[name] = await make('/connections', { name, strategy });
    await api('PATCH', `/connections/${connections[name]}/clients`, [{ client_id: product, status: true }]);
  }
  for (const [name, options] of Object.entries(connectionOptions))
    await api('PATCH', `/connections/${connections[name] ?? ''}`, { options });

  const configuration = (change = (text: string) => text): RelayConfiguration =>
    parseRelayConfiguration(
      change(configurationText),
      { PRODUCT: product, GOOGLE_SECRET: sampleIdpClient('google-oauth2').clientSecret },
      'relay.yaml',
    );
  const custom = new URL(tenant.origins.tenantHttp).origin;
  return {
    tenant,
    api,
    ids: { relay, dashboard, product, api: apiId, relayGrant, role, stream, action, connections },
    configuration,
    expected: {
      deployCommand: 'npm run tenant:deploy -- --env test',
      production: true,
      issuers: [`https://${tenant.domain}/`, `${custom}/`],
      customDomains: [custom],
      relayClient: { name: relayBody.name },
      relayApi: { audience, permissions, tokenLifetimeSeconds: 3600 },
      roles: [{ name: 'IdP Relay Operator', permissions: operatorPermissions }],
      operatorPermission: 'inspect:identities',
      dashboard: { client: { name: dashboardBody.name }, urls: [`${dashboardUrl}/`] },
      action: {
        name: actionBody.name,
        trigger: 'post-login',
        stamp,
        secrets: actionBody.secrets.map(({ name }) => name),
      },
      logStream: { name: streamBody.name, endpoint: relayEndpoint },
      configuration: configuration(),
    },
    reader: ({ offsetMs = 0, fetch: fetcher = globalThis.fetch, client } = {}) => {
      const clock: Clock = {
        now: () => systemClock.now() + offsetMs,
        sleep: (milliseconds, signal) => systemClock.sleep(milliseconds, signal),
      };
      const reached = { domain: tenant.domain, fetch: fetcher, clock, timeoutMs: 5_000 };
      const { bootstrap, database } = tenant;
      const known = database.state.clients.find(({ client_id: id }) => id === client);
      return createTenantReader({
        ...reached,
        tokens: createManagementTokenSource({
          ...reached,
          clientId: client ?? bootstrap.clientId,
          credentials: {
            method: 'client_secret_post',
            clientSecret: new Secret(known?.client_secret ?? bootstrap.clientSecret),
          },
        }),
      });
    },
  };
}
