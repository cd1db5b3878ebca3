import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Secret } from '@idp-relay/idp-tokens';
import {
  sampleEmail,
  sampleIdpClient,
  samplePassword,
  samplePeople,
  sampleUserId,
  signIn,
  startLocalTenant,
  type LocalTenant,
} from '@idp-relay/local-tenant';
import type { FastifyInstance } from 'fastify';
import { SignJWT, importJWK } from 'jose';
import { Registry } from 'prom-client';
import { onTestFinished } from 'vitest';
import { buildApp } from '../src/app.ts';
import { parseRelayConfiguration } from '@idp-relay/relay-configuration';
import type { Config } from '../src/config.ts';
import type { Storage } from '../src/storage/open-storage.ts';

/** The audience of the relay under test. */
export const audience = 'https://relay.test/api';

/** What the post-login Action signs with. */
export const noticeSecret = 'notice-secret-of-the-tests-0123456789';
/** What the log stream brings. */
export const logStreamToken = 'log-stream-token-of-the-tests-0123456';

/** Client ids that the tests' tenant has; every one with its own part in the policy. */
export const clients = {
  relay: 'relayClient',
  product: 'productClient',
  backend: 'backendClient',
  stranger: 'strangerClient',
};

/** A relay that listens, with a tenant of its own. */
export interface TestRelay {
  readonly tenant: LocalTenant;
  readonly app: FastifyInstance;
  readonly origin: string;
  /** Everything that was logged. */
  readonly log: string[];
  /** What `/metrics` would say. */
  metrics(): Promise<string>;
  /** An access token of a sample person, by a real sign-in. */
  userToken(handle: string, clientId?: string): Promise<string>;
  /** An access token of the sample backend, by client credentials. */
  backendToken(): Promise<string>;
  /** A token with any claims and header, signed by the tenant's own key. */
  forge(claims: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
  /** A request to the relay with a token. */
  call(path: string, token?: string, init?: RequestInit): Promise<Response>;
}

const callback = 'http://localhost:9/callback';

/** The policy and connections of the tests: the sample IdPs stand where the real ones would. */
export const configurationText = `
clients: { product: productClient, backend: backendClient }
sign_in: { client: product, redirect_uri: 'http://localhost:9/callback' }
rules:
  - { name: read, clients: [product, backend], connections: [github, google-oauth2, facebook, windowslive, bitbucket, exact, acme-crm, google-vault, acme-saml], methods: [GET], paths: [/user, /v1/current/Me, /user/repos, /v24.0/me, /v1.0/me, /2.0/user, /oauth2/v3/userinfo] }
  - { name: samples, clients: [product, backend], connections: [github, facebook], methods: [GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE], paths: ['/_sample/*'] }
  - { name: elsewhere, clients: [product], connections: [github], methods: [GET], paths: [/2.0/user], base_urls: ['\${IDPS}/bitbucket/api'] }
connections:
  github:
    required_scopes: [repo]
    catalogue:
      apiBaseUrls: ['\${IDPS}/github/api', '\${IDPS}/bitbucket/api']
      probe: { method: GET, url: '\${IDPS}/github/api/rate_limit', expectStatus: 200, badTokenStatus: [401], scopesFrom: { header: x-oauth-scopes, separator: ', ' } }
  google-oauth2:
    client: { id: auth0-at-google-oauth2, secret: '\${GOOGLE_SECRET}' }
    catalogue:
      apiBaseUrls: ['\${IDPS}/google-oauth2/api']
      revocation: { method: POST, url: '\${IDPS}/google-oauth2/revoke', credentials: none, body: { form: { token: '{access_token}' } } }
      refresh: { possible: conditional, askedAtSignIn: { parameters: { access_type: offline, prompt: consent } }, rotates: never, tokenEndpoint: '\${IDPS}/google-oauth2/token', clientAuthentication: post }
      probe: { method: GET, url: '\${IDPS}/google-oauth2/api/tokeninfo', tokenTransport: { in: query, parameter: access_token }, expectStatus: 200, badTokenStatus: [400], scopesFrom: { jsonPointer: /scope, separator: ' ' }, expiresFrom: { jsonPointer: /expires_in, unit: secondsFromNow } }
  facebook:
    catalogue:
      apiBaseUrls: ['\${IDPS}/facebook/api']
      probe: { method: GET, url: '\${IDPS}/facebook/api/v24.0/me/permissions', expectStatus: 200, badTokenStatus: [400, 401], scopesFrom: { jsonPointer: '/data/*/permission', where: { status: granted } } }
  windowslive: { catalogue: { apiBaseUrls: ['\${IDPS}/windowslive/api'] } }
  bitbucket:
    client: { id: auth0-at-bitbucket, secret: '\${BITBUCKET_SECRET}' }
    catalogue:
      apiBaseUrls: ['\${IDPS}/bitbucket/api']
      refresh: { possible: 'yes', rotates: always, tokenEndpoint: '\${IDPS}/bitbucket/site/oauth2/access_token', clientAuthentication: basic }
  exact:
    client: { id: auth0-at-exact, secret: '${sampleIdpClient('exact').clientSecret}' }
    catalogue:
      apiBaseUrls: ['\${IDPS}/exact/api']
      refresh: { possible: 'yes', rotates: always, earliestAfterSeconds: 570, tokenEndpoint: '\${IDPS}/exact/api/oauth2/token', clientAuthentication: basic }
  acme-crm: { catalogue: { extends: oauth2, apiBaseUrls: ['\${IDPS}/github/api'] } }
  google-vault: { token_vault: true, catalogue: { extends: google-oauth2, apiBaseUrls: ['\${IDPS}/google-oauth2/api'] } }
`;

/** What a relay under test may share with others. */
export interface TestRelayParts {
  /** A tenant that another relay of the test has started; a new one when left out. */
  readonly tenant?: LocalTenant;
  /** Left out: nothing is renewed. */
  readonly storage?: Storage;
  /** What the operators' file says; {@link configurationText} when left out. */
  readonly configuration?: string;
}

/** Starts a tenant and a relay against it; both end with the test or the file that started them. */
export async function startTestRelay(
  overrides: Partial<Config> = {},
  endWith: (end: () => Promise<void>) => void = onTestFinished,
  { tenant: sharedTenant, storage, configuration: text = configurationText }: TestRelayParts = {},
): Promise<TestRelay> {
  const tenant = sharedTenant ?? (await startLocalTenant({ plan: 'unlimited' }));
  setDefaultCACertificates([...getCACertificates('default'), tenant.authority]);
  const secret = sharedTenant === undefined ? provision(tenant) : secretOf(tenant);
  const log: string[] = [];
  const config: Config = {
    domain: tenant.domain,
    issuers: [`${tenant.origins.tenantHttps}/`, `${tenant.origins.tenantHttp}/`],
    audience,
    clientId: clients.relay,
    credentials: { method: 'client_secret_post', clientSecret: new Secret(secret) },
    configurationFile: 'unused',
    host: '127.0.0.1',
    port: 0,
    metricsHost: '127.0.0.1',
    metricsPort: 0,
    trustedProxies: [],
    corsOrigins: ['https://app.test'],
    tenantOrigin: tenant.origins.tenantHttp,
    storage: { folder: 'unused' },
    notices: { noticeSecret: new Secret(noticeSecret), logStreamToken: new Secret(logStreamToken) },
    idpTokenTimeoutMs: 2_000,
    idTokenClients: [],
    profileLifetimeMs: 60_000,
    profileCacheSize: 100,
    profileCacheBytes: 1_000_000,
    expiryMarginMs: 300_000,
    auth0TimeoutMs: 2_000,
    requestDeadlineMs: 3_000,
    idpHeadersTimeoutMs: 10_000,
    idpIdleTimeoutMs: 10_000,
    maxCallsUnderWay: 100,
    maxEventLoopDelayMs: 5_000,
    logLevel: 'trace',
    ...overrides,
  };
  const configuration = parseRelayConfiguration(
    text,
    {
      IDPS: tenant.origins.idpsHttps,
      GOOGLE_SECRET: sampleIdpClient('google-oauth2').clientSecret,
      BITBUCKET_SECRET: sampleIdpClient('bitbucket').clientSecret,
    },
    'test.yaml',
  );
  const registry = new Registry();
  const app = await buildApp({
    config,
    configuration,
    registry,
    logStream: { write: (line) => void log.push(line) },
    ...(storage && { storage }),
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  endWith(async () => {
    await app.close();
    if (sharedTenant === undefined) await tenant.close();
  });

  return {
    tenant,
    app,
    origin,
    log,
    metrics: () => registry.metrics(),
    userToken: async (handle, clientId = clients.product) => {
      const person = samplePeople.find((candidate) => candidate.handle === handle);
      if (person === undefined) throw new Error(`no sample person ${handle}`);
      const [primary] = person.identities;
      if (primary.token?.account.strategy !== primary.provider && primary.provider !== 'auth0') {
        return signTokenFor(tenant, sampleUserId(person), clientId);
      }
      const answer = await signIn({
        origin: tenant.origins.tenantHttp,
        clientId,
        redirectUri: callback,
        audience,
        as:
          primary.provider === 'auth0'
            ? { email: sampleEmail(person), password: samplePassword(person) }
            : { connection: primary.connection, login: person.handle },
      });
      return answer.access_token;
    },
    backendToken: async () => {
      const response = await fetch(`${tenant.origins.tenantHttp}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clients.backend,
          client_secret: secret,
          audience,
        }),
      });
      const body: unknown = await response.json();
      return String(Reflect.get(Object(body), 'access_token'));
    },
    forge: (claims, header = {}) => forge(tenant, claims, header),
    call: (path, token, init = {}) => {
      const headers = new Headers(init.headers);
      if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
      return fetch(`${origin}${path}`, { redirect: 'manual', ...init, headers });
    },
  };
}

/** A token for a person without a sample IdP to sign in at, or whose stored token a sign-in would replace. */
export function tokenWithoutSignIn(
  relay: TestRelay,
  userId: string,
  clientId = clients.product,
): Promise<string> {
  return signTokenFor(relay.tenant, userId, clientId);
}

/** The `user_id` of a sample person. */
export function userIdOf(handle: string): string {
  const person = samplePeople.find((candidate) => candidate.handle === handle);
  if (person === undefined) throw new Error(`no sample person ${handle}`);
  return sampleUserId(person);
}

/** An access token of the product's for any user, signed by the tenant's own key. */
export function signTokenFor(
  tenant: LocalTenant,
  userId: string,
  clientId = clients.product,
): Promise<string> {
  return forge(tenant, { sub: userId, azp: clientId, permissions: ['call:idp'] }, {});
}

async function forge(
  tenant: LocalTenant,
  claims: Record<string, unknown>,
  header: Record<string, unknown>,
): Promise<string> {
  const current = tenant.database.state.signingKeys.find((key) => !key.retired);
  if (current === undefined) throw new Error('the tenant has no key');
  const key = await importJWK({ kty: 'RSA', ...current.privateJwk }, 'RS256');
  const now = Math.floor(Date.now() / 1000);
  const payload: Record<string, unknown> = {
    iss: `${tenant.origins.tenantHttps}/`,
    aud: audience,
    iat: now,
    exp: now + 600,
    ...claims,
  };
  for (const [name, value] of Object.entries(payload))
    if (value === undefined) Reflect.deleteProperty(payload, name);
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: current.kid, ...header })
    .sign(key);
}

function secretOf({ database }: LocalTenant): string {
  const client = database.state.clients.find(({ client_id: id }) => id === clients.relay);
  return client?.client_secret ?? '';
}

/** What a deployment would have made, put straight into the tenant's state. Gives the secret of its clients. */
export function provision({ database, domain }: LocalTenant): string {
  const { state } = database;
  const secret = `cAnArY7f3q-test-secret-${Math.random().toString(36).slice(2)}`;
  const spa = {
    app_type: 'spa',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
    callbacks: [callback],
  };
  const machine = {
    app_type: 'non_interactive',
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['client_credentials'],
    client_secret: secret,
  };
  state.clients.push(
    { client_id: clients.relay, name: 'relay', ...machine },
    { client_id: clients.backend, name: 'backend', ...machine },
    { client_id: clients.product, name: 'product', ...spa },
    { client_id: clients.stranger, name: 'stranger', ...spa },
  );
  state.resourceServers.push({
    id: 'rs_relay',
    identifier: audience,
    name: 'relay',
    enforce_policies: true,
    token_dialect: 'access_token_authz',
    scopes: ['call:idp', 'call:idp_for_users', 'inspect:identities', 'revoke:identities'].map((value) => ({
      value,
    })),
  });
  state.clientGrants.push(
    {
      id: 'g1',
      client_id: clients.relay,
      audience: `https://${domain}/api/v2/`,
      scope: ['read:users', 'read:user_idp_tokens'],
    },
    { id: 'g2', client_id: clients.backend, audience, scope: ['call:idp_for_users'] },
  );
  const rolePermissions: Readonly<Record<string, readonly string[]>> = {
    'IdP Relay User': ['call:idp'],
    'IdP Relay Operator': ['inspect:identities', 'revoke:identities'],
    'IdP Relay Auditor': ['inspect:identities'],
  };
  for (const [name, held] of Object.entries(rolePermissions)) {
    const id = `rol_${name}`;
    state.roles.push({
      id,
      name,
      permissions: held.map((permission) => ({
        resource_server_identifier: audience,
        permission_name: permission,
      })),
    });
    for (const person of samplePeople.filter((candidate) => candidate.roles.includes(name))) {
      state.users.find((user) => user.user_id === sampleUserId(person))?.roles.push(id);
    }
  }
  return secret;
}
