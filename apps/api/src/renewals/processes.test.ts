import { sampleIdpClient } from '@idp-relay/local-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRelayProcesses, type RelayProcess, type RelayProcesses } from '../../test/relay-processes.ts';
import { configurationText, userIdOf } from '../../test/test-relay.ts';

/** Several processes need a server: set TEST_DATABASE_URL to one on which databases can be made. */
const serverUrl = process.env.TEST_DATABASE_URL;
const userinfo = '/v1/me/idp/google-oauth2/oauth2/v3/userinfo';

if (serverUrl === undefined) console.warn('TEST_DATABASE_URL is not set: several processes are not tested.');

describe.skipIf(serverUrl === undefined)('several processes on one database', () => {
  let processes: RelayProcesses;
  beforeAll(async () => {
    processes = await startRelayProcesses({
      databaseUrl: serverUrl ?? '',
      configuration: configurationText,
      environment: (tenant) => ({
        IDP_TOKEN_TIMEOUT_MS: '1000',
        IDPS: tenant.origins.idpsHttps,
        GOOGLE_SECRET: sampleIdpClient('google-oauth2').clientSecret,
        BITBUCKET_SECRET: sampleIdpClient('bitbucket').clientSecret,
      }),
    });
  });
  afterAll(() => processes.close());

  const call = async (relay: RelayProcess | undefined, user: string): Promise<number | undefined> =>
    (await relay?.call(userinfo, userIdOf(user)))?.status;
  const tokenRequests = (): number =>
    processes.tenant.faults.count('idps', { method: 'POST', pathPrefix: '/google-oauth2/token' });

  it('200 calls at once through four of them make one request to the token endpoint', async () => {
    const relays = await Promise.all([1, 2, 3, 4].map(() => processes.start()));
    processes.tenant.faults.add('idps', { pathPrefix: '/google-oauth2/token', delayMs: 300 });
    const calls = Array.from({ length: 200 }, (_none, index) => call(relays[index % 4], 'grace'));
    expect(new Set(await Promise.all(calls))).toEqual(new Set([200]));
    expect(tokenRequests()).toBe(1);
    processes.tenant.faults.clear();
  }, 60_000);

  it('one that is killed in the middle of a renewal: another one renews when the lease has run out', async () => {
    const [first, second] = await Promise.all([processes.start(), processes.start()]);
    const { tenant } = processes;
    // Nobody's token but Ada's is used here, and it has ended.
    tenant.control.expireToken({ user_id: userIdOf('ada'), connection: 'google-oauth2' });
    tenant.faults.add('idps', { pathPrefix: '/google-oauth2/token', delayMs: 900, times: 1 });
    tenant.faults.resetCounts();
    const lost = call(first, 'ada');
    await expect.poll(tokenRequests, { timeout: 10_000 }).toBe(1);
    await first.kill();
    expect(await lost).toBeUndefined();
    // The next call waits for the lease of the dead one, which no time-out of HTTP outlives.
    expect(await call(second, 'ada')).toBe(200);
    expect(tokenRequests()).toBe(2);
  }, 60_000);
});
