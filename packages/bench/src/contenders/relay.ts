import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleIdpClient } from '@idp-relay/local-tenant';
import { stringify } from 'yaml';
import { audience, productClientId, relayClientId, renewalPath } from '../ground/bench-tenant.ts';
import type { Ground } from '../ground/ground.ts';
import { startChild, type Child } from '../processes/child.ts';
import { freePort } from '../processes/free-port.ts';

/** The relay, started as production starts it. */
export interface Relay extends Child {
  /** Where `/metrics` is. */
  readonly metricsUrl: string;
}

const server = join(import.meta.dirname, '..', '..', '..', '..', 'apps', 'api', 'src', 'server.ts');

/** How a relay differs from the usual one. */
export interface RelayOptions {
  /** Where its CPU profile goes at its end; left out: none is made. */
  readonly profileFolder?: string;
  /** The Postgres that it stands on, alone or with others; left out: it has an embedded database of its own. */
  readonly databaseUrl?: string;
  /** How long it uses a user's profile, in milliseconds; left out: as long as any relay does. */
  readonly profileLifetimeMs?: number;
}

/** Kept tokens are encrypted under it. No secret: nothing of value is kept. */
const encryptionKeys = `bench:${Buffer.alloc(32, 'bench').toString('base64')}`;

/** The tenant's client at its Google, by which tokens are renewed. */
const google = sampleIdpClient('google-oauth2');

/**
 * Starts a relay with everything on: policy, verification, store, metrics and a log line for each request.
 * @throws BenchError
 */
export async function startRelay(
  ground: Ground,
  { profileFolder, databaseUrl, profileLifetimeMs }: RelayOptions = {},
): Promise<Relay> {
  const { tenant, upstreamOrigin, environment } = ground;
  const folder = mkdtempSync(join(ground.folder, 'relay-'));
  const configurationFile = join(folder, 'relay.yaml');
  writeFileSync(configurationFile, stringify(configurationOf(upstreamOrigin, tenant.idpsOrigin)));
  if (profileFolder !== undefined) mkdirSync(profileFolder, { recursive: true });
  const metricsPort = await freePort();
  const relay = await startChild({
    name: 'relay',
    script: server,
    nodeOptions: profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`],
    environment: {
      ...environment,
      AUTH0_DOMAIN: tenant.domain,
      AUTH0_CLIENT_ID: relayClientId,
      AUTH0_CLIENT_SECRET: tenant.clientSecret,
      RELAY_AUDIENCE: audience,
      RELAY_CONFIGURATION_FILE: configurationFile,
      GOOGLE_SECRET: google.clientSecret,
      ...(databaseUrl === undefined
        ? { RELAY_DATA_FOLDER: join(folder, 'data') }
        : { DATABASE_URL: databaseUrl, RELAY_ENCRYPTION_KEYS: encryptionKeys }),
      ...(profileLifetimeMs !== undefined && { PROFILE_LIFETIME_MS: String(profileLifetimeMs) }),
      METRICS_PORT: String(metricsPort),
      LOG_LEVEL: 'info',
      // Contenders, driver and upstream share the machine: how far the relay lags behind for that is not what is measured.
      MAX_EVENT_LOOP_DELAY_MS: '30000',
    },
    origin: `http://127.0.0.1:${await freePort()}`,
    readyPath: '/readyz',
    logFile: join(folder, 'relay.log'),
  });
  return { ...relay, metricsUrl: `http://127.0.0.1:${metricsPort}/metrics` };
}

/** A policy of several rules, the one that lets the benchmark through not being the first. */
function configurationOf(upstreamOrigin: string, idpsOrigin: string): object {
  const reads = { clients: ['product'], connections: ['github', 'google-oauth2'], methods: ['GET'] };
  return {
    clients: { product: productClientId },
    rules: [
      {
        name: 'repositories',
        ...reads,
        paths: ['/user/repos', '/repos/:owner/:repo/issues', '/repos/:owner/:repo'],
      },
      { name: 'e-mail', ...reads, paths: ['/user/emails'] },
      { name: 'people', ...reads, paths: ['/user', '/users/:login'] },
      { name: 'streams', ...reads, paths: ['/stream/:bytes'] },
    ],
    connections: {
      github: { catalogue: { apiBaseUrls: [upstreamOrigin] } },
      'google-oauth2': {
        client: { id: google.clientId, secret: '${GOOGLE_SECRET}' },
        catalogue: {
          apiBaseUrls: [upstreamOrigin],
          refresh: {
            possible: 'conditional',
            rotates: 'never',
            tokenEndpoint: `${idpsOrigin}${renewalPath}`,
            clientAuthentication: 'post',
          },
        },
      },
    },
  };
}
