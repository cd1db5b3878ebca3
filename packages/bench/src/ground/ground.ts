import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { freePort } from '../processes/free-port.ts';
import { killChildren, startChild } from '../processes/child.ts';
import { createAccessTokens, type AccessTokens } from './access-tokens.ts';
import { startBenchTenant, type BenchTenant } from './bench-tenant.ts';

/** What all contenders stand on: tenant, IdP, users and their access tokens. */
export interface Ground {
  readonly tenant: BenchTenant;
  /** Where the IdP's API is, by https. */
  readonly upstreamOrigin: string;
  readonly accessTokens: AccessTokens;
  /** Users who call again and again. */
  readonly warmUsers: readonly string[];
  /** Takes users whom nobody has called for yet. */
  takeNewUsers(count: number): string[];
  /** Users whose token of Google has ended; each can be met once. */
  readonly endedUsers: readonly string[];
  /** A folder that goes away with this process. */
  readonly folder: string;
  /** Environment variables for every contender. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const warmUserCount = 1_000;
const newUserCount = 1_000;
const endedUserCount = 10;

/**
 * Starts tenant and IdP, each in a process of its own.
 * @throws BenchError
 */
export async function startGround(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'relay-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const tenantFolder = join(folder, 'tenant');
  const users = Array.from(
    { length: warmUserCount + newUserCount },
    (_, index) => `github|${700_000 + index}`,
  );
  const endedUsers = Array.from({ length: endedUserCount }, (_, index) => `google-oauth2|${800_000 + index}`);
  const tenant = await startBenchTenant(tenantFolder, { users, endedUsers });
  const environment = { NODE_EXTRA_CA_CERTS: tenant.authorityFile };
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(tenant.authorityFile, 'utf8')]);
  const upstream = await startChild({
    name: 'The IdP’s API',
    script: join(import.meta.dirname, '..', 'processes', 'upstream.ts'),
    environment: { TENANT_FOLDER: tenantFolder },
    origin: `https://localhost:${await freePort()}`,
    readyPath: '/user',
    logFile: join(folder, 'upstream.log'),
  });
  const newUsers = users.slice(warmUserCount);
  return {
    tenant,
    upstreamOrigin: upstream.origin,
    accessTokens: await createAccessTokens(tenant),
    warmUsers: users.slice(0, warmUserCount),
    takeNewUsers: (count) => newUsers.splice(0, count),
    endedUsers,
    folder,
    environment,
    close: async () => {
      await Promise.all([tenant.stop(), upstream.stop()]);
      killChildren();
    },
  };
}
