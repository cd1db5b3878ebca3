import { generateKeyPairSync } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Secret, type VaultClient, type VaultWorker } from '@idp-relay/idp-tokens';
import { signIn, startLocalTenant, type LocalTenant } from '@idp-relay/local-tenant';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import {
  audience,
  clients,
  provision,
  startTestRelay,
  userIdOf,
  type TestRelay,
} from '../../test/test-relay.ts';

const mine = '/v1/me/idp/google-vault/oauth2/v3/userinfo';
const ofRadia = `/v1/users/${encodeURIComponent(userIdOf('radia'))}/idp/google-vault/oauth2/v3/userinfo`;
const grantType = 'urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token';
const scopes = ['openid', 'email', 'profile', 'https://www.googleapis.com/auth/calendar.readonly'];

const Token = z.object({ access_token: z.string() });
const Client = z.object({ client_id: z.string(), client_secret: z.string() });

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pemOf = { type: 'spki', format: 'pem' } as const;

/** Registers a client through the Management API, as a tenant's admin would. */
async function register(tenant: LocalTenant, fields: object): Promise<z.infer<typeof Client>> {
  const { clientId, clientSecret } = tenant.bootstrap;
  const granted = await fetch(`${tenant.origins.tenantHttp}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      audience: `https://${tenant.domain}/api/v2/`,
    }),
  });
  const response = await fetch(`${tenant.origins.tenantHttp}/api/v2/clients`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${Token.parse(await granted.json()).access_token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      name: 'vault client',
      grant_types: [grantType],
      oidc_conformant: true,
      ...fields,
    }),
  });
  return Client.parse(await response.json());
}

interface Vault {
  readonly tenant: LocalTenant;
  readonly api: VaultClient;
  readonly worker: VaultWorker;
}

async function startTenant(): Promise<Vault> {
  const tenant = await startLocalTenant({ plan: 'unlimited' });
  onTestFinished(() => tenant.close());
  setDefaultCACertificates([...getCACertificates('default'), tenant.authority]);
  provision(tenant);
  const api = await register(tenant, { app_type: 'resource_server', resource_server_identifier: audience });
  const worker = await register(tenant, {
    app_type: 'non_interactive',
    // The worker authenticates by its key, as Auth0 advises.
    client_authentication_methods: { private_key_jwt: { credentials: [{ id: 'worker' }] } },
    token_endpoint_auth_method: 'private_key_jwt',
    credentials: [{ id: 'worker', pem: publicKey.export(pemOf), alg: 'RS256' }],
    token_vault_privileged_access: {
      credentials: [
        { credential_type: 'public_key', name: 'worker', pem: publicKey.export(pemOf), alg: 'RS256' },
      ],
      ip_allowlist: ['127.0.0.1', '::1'],
      grants: [{ connection: 'google-vault', scopes }],
    },
  });
  return {
    tenant,
    api: {
      clientId: api.client_id,
      credentials: { method: 'client_secret_post', clientSecret: new Secret(api.client_secret) },
    },
    worker: {
      clientId: worker.client_id,
      credentials: {
        method: 'private_key_jwt',
        privateKeyPem: new Secret(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
        algorithm: 'RS256',
      },
    },
  };
}

async function radiaToken(tenant: LocalTenant): Promise<string> {
  const answer = await signIn({
    origin: tenant.origins.tenantHttp,
    clientId: clients.product,
    redirectUri: 'http://localhost:9/callback',
    audience,
    accessType: 'offline',
    prompt: 'consent',
    as: { connection: 'google-vault', login: 'radia' },
  });
  return answer.access_token;
}

const start = (vault: Vault, tokenVault: Partial<Pick<Vault, 'api' | 'worker'>>): Promise<TestRelay> =>
  startTestRelay({ tokenVault }, undefined, { tenant: vault.tenant });
const exchanges = (relay: TestRelay): number =>
  relay.tenant.faults.count('authentication', { method: 'POST', pathPrefix: '/oauth/token' });

describe('a connection that keeps its tokens in Token Vault', () => {
  it('is called with what the user’s own access token is exchanged for, exchanged once', async () => {
    const vault = await startTenant();
    const relay = await start(vault, { api: vault.api });
    const radia = await radiaToken(vault.tenant);
    const response = await relay.call(mine, radia);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ name: 'Radia Perlman' });
    const before = exchanges(relay);
    expect((await relay.call(mine, radia)).status).toBe(200);
    expect(exchanges(relay)).toBe(before);
    expect(relay.log.join('')).not.toContain('cAnArY');
  });

  it('is called for a backend by the privileged worker', async () => {
    const vault = await startTenant();
    const relay = await start(vault, { worker: vault.worker });
    await radiaToken(vault.tenant);
    const response = await relay.call(ofRadia, await relay.backendToken());
    expect(response.status).toBe(200);
    // A user's call is not made by the worker's right.
    expect((await relay.call(mine, await radiaToken(vault.tenant))).status).toBe(424);
  });

  it('says what an exchange that brought nothing means', async () => {
    const vault = await startTenant();
    const relay = await start(vault, { api: vault.api });
    const radia = await radiaToken(vault.tenant);
    vault.tenant.database.state.tokenVault.length = 0;
    const response = await relay.call(mine, radia);
    expect(response.status).toBe(424);
    expect(await response.json()).toMatchObject({
      code: 'idp_token_missing',
      verdict: { state: 'missing', reason: 'vault_keeps_nothing', source: 'token_vault' },
    });
  });

  it('names what the tenant’s set-up lacks', async () => {
    const vault = await startTenant();
    const relay = await start(vault, {
      api: { ...vault.api, credentials: { method: 'client_secret_post', clientSecret: new Secret('wrong') } },
    });
    const response = await relay.call(mine, await radiaToken(vault.tenant));
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ code: 'token_vault_refused' });
  });
});
