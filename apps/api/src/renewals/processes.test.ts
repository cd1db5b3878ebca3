import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleIdpClient, startLocalTenant, type LocalTenant } from '@idp-relay/local-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  audience,
  clients,
  configurationText,
  provision,
  signTokenFor,
  userIdOf,
} from '../../test/test-relay.ts';

/** Several processes need a server: set TEST_DATABASE_URL to one on which databases can be made. */
const serverUrl = process.env.TEST_DATABASE_URL;
const userinfo = '/v1/me/idp/google-oauth2/oauth2/v3/userinfo';

if (serverUrl === undefined) console.warn('TEST_DATABASE_URL is not set: several processes are not tested.');

describe.skipIf(serverUrl === undefined)('several processes on one database', () => {
  let folder: string;
  let tenant: LocalTenant;
  let environment: Record<string, string>;
  const processes: ChildProcess[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'processes-'));
    tenant = await startLocalTenant({ plan: 'unlimited', folder: join(folder, 'tenant') });
    writeFileSync(join(folder, 'relay.yaml'), configurationText);
    environment = {
      PATH: process.env.PATH ?? '',
      NODE_EXTRA_CA_CERTS: tenant.authorityFile ?? '',
      AUTH0_DOMAIN: tenant.domain,
      AUTH0_CUSTOM_DOMAINS: tenant.origins.tenantHttp,
      AUTH0_CLIENT_ID: clients.relay,
      AUTH0_CLIENT_SECRET: provision(tenant),
      RELAY_AUDIENCE: audience,
      RELAY_CONFIGURATION_FILE: join(folder, 'relay.yaml'),
      DATABASE_URL: serverUrl ?? '',
      RELAY_ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
      IDP_TOKEN_TIMEOUT_MS: '1000',
      PORT: '0',
      METRICS_PORT: '0',
      IDPS: tenant.origins.idpsHttps,
      GOOGLE_SECRET: sampleIdpClient('google-oauth2').clientSecret,
      BITBUCKET_SECRET: sampleIdpClient('bitbucket').clientSecret,
    };
  });
  afterAll(async () => {
    for (const child of processes) child.kill('SIGKILL');
    await tenant.close();
    rmSync(folder, { recursive: true });
  });

  /** Starts the API as production does; gives the process and where it listens. */
  const startProcess = (): Promise<{ child: ChildProcess; origin: string }> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'server.ts')], {
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      processes.push(child);
      let said = '';
      const hear = (chunk: unknown): void => {
        said += String(chunk);
        const origin = /Server listening at (http:[^"]+)/.exec(said)?.[1];
        if (origin !== undefined) resolve({ child, origin });
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('close', () => reject(new Error(said)));
    });
  const call = async (origin: string, user: string): Promise<number> => {
    const token = await signTokenFor(tenant, userIdOf(user));
    const response = await fetch(`${origin}${userinfo}`, { headers: { authorization: `Bearer ${token}` } });
    await response.arrayBuffer();
    return response.status;
  };
  const tokenRequests = (): number =>
    tenant.faults.count('idps', { method: 'POST', pathPrefix: '/google-oauth2/token' });

  it('200 calls at once through four of them make one request to the token endpoint', async () => {
    const origins = (await Promise.all([1, 2, 3, 4].map(startProcess))).map(({ origin }) => origin);
    tenant.faults.add('idps', { pathPrefix: '/google-oauth2/token', delayMs: 300 });
    const calls = Array.from({ length: 200 }, (_none, index) => call(origins[index % 4] ?? '', 'grace'));
    expect(new Set(await Promise.all(calls))).toEqual(new Set([200]));
    expect(tokenRequests()).toBe(1);
    tenant.faults.clear();
  }, 60_000);

  it('one that is killed in the middle of a renewal: another one renews when the lease has run out', async () => {
    const [first, second] = await Promise.all([startProcess(), startProcess()]);
    // Nobody's token but Ada's is used here, and it has ended.
    tenant.control.expireToken({ user_id: userIdOf('ada'), connection: 'google-oauth2' });
    tenant.faults.add('idps', { pathPrefix: '/google-oauth2/token', delayMs: 900, times: 1 });
    tenant.faults.resetCounts();
    const lost = call(first.origin, 'ada').catch(() => 0);
    await expect.poll(tokenRequests, { timeout: 10_000 }).toBe(1);
    first.child.kill('SIGKILL');
    expect(await lost).toBe(0);
    // The next call waits for the lease of the dead one, which no time-out of HTTP outlives.
    expect(await call(second.origin, 'ada')).toBe(200);
    expect(tokenRequests()).toBe(2);
  }, 60_000);
});
