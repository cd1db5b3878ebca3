import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { canary } from '@idp-relay/local-tenant';
import { ApiFailedError } from './api-failed-error.ts';
import { startApi, type RunningApi } from './api-process.ts';
import type { Installation } from './installation.ts';
import type { Artifact } from './leak-search.ts';

/** A second relay beside the installation's own: short of patience, full of words, and with a database that can be gone. */
export interface LeakRelay {
  readonly api: RunningApi;
  /** How many rows hold tokens. */
  keptTokenSets(): Promise<number>;
  stopDatabase(): Promise<void>;
  startDatabase(): Promise<void>;
  /**
   * Starts another one with these settings, which must fail, and gives what it said.
   * @throws Error when it starts
   */
  readonly failToStart: (what: string, environment: Readonly<Record<string, string>>) => Promise<Artifact>;
  /** Ends the relay and the database. Its log and the database's files stay in the installation's folder. */
  close(): Promise<void>;
}

/** Calls at once that this relay takes on. */
export const mostCalls = 8;

/** Keys of 32 bytes, with the canary in them. */
const encryptionKey = (id: string): string =>
  `${id}:${Buffer.from(`${canary}${id}`.padEnd(32, '.')).toString('base64')}`;

/**
 * Starts the relay and its database.
 * @throws ApiFailedError, PortUnavailableError
 */
export async function startLeakRelay(
  { tenant, paths, provisioned, relayVariables }: Installation,
  { port, metricsPort }: { readonly port: number; readonly metricsPort: number },
): Promise<LeakRelay> {
  const database = await PGlite.create(join(paths.folder, 'leak-database'));
  let server = await listen(database, 0);
  const databasePort = Number(server.getServerConn().split(':').at(-1));
  const environment = {
    NODE_EXTRA_CA_CERTS: tenant.authorityFile ?? '',
    ...relayVariables,
    DATABASE_URL: `postgres://postgres:${canary}-password@127.0.0.1:${databasePort}/postgres`,
    RELAY_ENCRYPTION_KEYS: encryptionKey('one'),
    // Nobody for calls of users, and for those of backends a client that Token Vault is closed to.
    TOKEN_VAULT_CLIENT_ID: '',
    TOKEN_VAULT_CLIENT_SECRET: '',
    TOKEN_VAULT_WORKER_CLIENT_ID: provisioned.sampleBackendClientId,
    TOKEN_VAULT_WORKER_KEY_FILE: writeKey(paths.tenantFolder),
    TOKEN_VAULT_WORKER_KEY_ID: '',
    ID_TOKEN_CLIENTS: `${provisioned.sampleProductClientId}:RS256`,
    // Nobody who could examine the tenant.
    DOCTOR_CLIENT_ID: '',
    DOCTOR_CLIENT_SECRET: '',
    MAX_CALLS_UNDER_WAY: String(mostCalls),
    PROFILE_LIFETIME_MS: '0',
    IDP_TOKEN_TIMEOUT_MS: '1000',
    AUTH0_TIMEOUT_MS: '1000',
    REQUEST_DEADLINE_MS: '3000',
    IDP_HEADERS_TIMEOUT_MS: '500',
    IDP_IDLE_TIMEOUT_MS: '500',
    LOG_LEVEL: 'trace',
  };
  const start = (logFile: string, changed: Readonly<Record<string, string>>, longestUnreadyMs?: number) =>
    startApi({
      port,
      metricsPort,
      settingsFile: paths.apiSettings,
      logFile: join(paths.folder, logFile),
      environment: { ...environment, ...changed },
      ...(longestUnreadyMs !== undefined && { longestUnreadyMs }),
    });
  let starts = 0;
  let isStopped = false;
  const stop = async (): Promise<void> => {
    if (!isStopped) await api.stop();
    isStopped = true;
  };
  const api = await start('leak-api.log', {}).catch(async (error: unknown) => {
    await server.stop();
    await database.close();
    throw error;
  });
  return {
    api,
    keptTokenSets: async () =>
      (await database.query('select 1 from kept_identities where sealed is not null')).rows.length,
    stopDatabase: () => server.stop(),
    startDatabase: async () => {
      server = await listen(database, databasePort);
    },
    failToStart: async (what, changed) => {
      await stop();
      starts += 1;
      try {
        const started = await start(`leak-start-${starts}.log`, changed, 1_000);
        await started.stop();
      } catch (error) {
        if (!(error instanceof ApiFailedError)) throw error;
        return { source: `what a start says that fails by ${what}`, text: error.message };
      }
      throw new Error(`The API starts with ${what}, and should not.`);
    },
    close: async () => {
      await stop();
      await server.stop();
      await database.close();
    },
  };
}

async function listen(db: PGlite, port: number): Promise<PGLiteSocketServer> {
  const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port, maxConnections: 50 });
  await server.start();
  return server;
}

/** A key that no row was written under. */
export const unknownEncryptionKey = encryptionKey('two');

function writeKey(folder: string): string {
  const file = join(folder, 'leak-worker-key.pem');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return file;
}
