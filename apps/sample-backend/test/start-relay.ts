import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canary, startLocalTenant, type LocalTenant } from '@idp-relay/local-tenant';

/** Of the relay under test. */
const audience = 'https://relay.test/api';
const projectFolder = join(import.meta.dirname, '..', '..', '..');

/** A tenant, and the relay's API in a process of its own, as in production. */
export interface StartedRelay {
  readonly tenant: LocalTenant;
  /** The environment variables of a backend that may call for any user. */
  readonly settings: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts both on free ports. */
export async function startRelay(): Promise<StartedRelay> {
  const folder = mkdtempSync(join(tmpdir(), 'sample-backend-'));
  const tenant = await startLocalTenant({ folder: join(folder, 'tenant'), plan: 'unlimited' });
  const secret = provision(tenant);
  const policy = join(folder, 'relay.yaml');
  writeFileSync(
    policy,
    `
clients: { backend: backendClient }
sign_in: { client: backend, redirect_uri: 'http://localhost:9/signed-in' }
rules: [{ name: read, clients: [backend], connections: [github], methods: [GET], paths: [/user/repos] }]
connections: { github: { catalogue: { apiBaseUrls: ['${tenant.origins.idpsHttps}/github/api'] } } }
`,
  );
  const api = spawn(process.execPath, [join(projectFolder, 'apps', 'api', 'src', 'server.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      NODE_EXTRA_CA_CERTS: tenant.authorityFile,
      AUTH0_DOMAIN: tenant.domain,
      AUTH0_CUSTOM_DOMAINS: tenant.origins.tenantHttp,
      AUTH0_CLIENT_ID: 'relayClient',
      AUTH0_CLIENT_SECRET: secret,
      RELAY_AUDIENCE: audience,
      RELAY_CONFIGURATION_FILE: policy,
      RELAY_DATA_FOLDER: join(folder, 'relay'),
      PORT: '0',
      METRICS_PORT: '0',
    },
  });
  return {
    tenant,
    settings: {
      TENANT_ORIGIN: tenant.origins.tenantHttp,
      RELAY_ORIGIN: await originOf(api),
      RELAY_AUDIENCE: audience,
      SAMPLE_BACKEND_CLIENT_ID: 'backendClient',
      SAMPLE_BACKEND_CLIENT_SECRET: secret,
    },
    stop: async () => {
      const ended = new Promise((resolve) => api.once('close', resolve));
      api.kill();
      await ended;
      await tenant.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** What a deployment would have made, put straight into the tenant's state. Gives the secret of both clients. */
function provision({ database: { state }, domain }: LocalTenant): string {
  const secret = `${canary}-sample-backend-${Math.random().toString(36).slice(2)}`;
  for (const client of ['relayClient', 'backendClient']) {
    state.clients.push({
      client_id: client,
      name: client,
      app_type: 'non_interactive',
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['client_credentials'],
      client_secret: secret,
      // For the links that mend a token.
      callbacks: ['http://localhost:9/signed-in'],
    });
  }
  state.resourceServers.push({
    id: 'relay',
    identifier: audience,
    enforce_policies: true,
    token_dialect: 'access_token_authz',
    scopes: [{ value: 'call:idp_for_users' }],
  });
  state.clientGrants.push(
    {
      id: 'read-users',
      client_id: 'relayClient',
      audience: `https://${domain}/api/v2/`,
      scope: ['read:users', 'read:user_idp_tokens'],
    },
    { id: 'call', client_id: 'backendClient', audience, scope: ['call:idp_for_users'] },
  );
  return secret;
}

/** Waits until the API's log says where it listens. */
function originOf(api: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    for (const stream of [api.stdout, api.stderr]) {
      stream?.on('data', (chunk) => {
        said += String(chunk);
        const origins = said.matchAll(/"msg":"Server listening at (http:[^"]+)"/g);
        for (const [, origin] of origins) if (origin !== undefined) resolve(origin);
      });
    }
    api.once('close', () => reject(new Error(`The API ended by itself: ${said}`)));
  });
}
