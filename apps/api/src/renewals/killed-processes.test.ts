import { sampleIdpClient } from '@idp-relay/local-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOwnDatabase, type OwnDatabase } from '../../test/own-database.ts';
import { startRelayProcesses, type RelayProcess, type RelayProcesses } from '../../test/relay-processes.ts';
import { signUpAt } from '../../test/sign-up-at.ts';
import { startTcpGate, type TcpGate } from '../../test/tcp-gate.ts';

/** Processes that are killed need a server: set TEST_DATABASE_URL to one on which databases can be made. */
const serverUrl = process.env.TEST_DATABASE_URL;
if (serverUrl === undefined) console.warn('TEST_DATABASE_URL is not set: killed processes are not tested.');

const path = '/v1/me/idp/bitbucket/2.0/user';
const patient = { timeout: 20_000, interval: 100 };

/** The token endpoint and the API each have a gate in front: there a process can be stopped on its way. */
const configuration = `
clients: { product: productClient }
rules:
  - { name: read, clients: [product], connections: [bitbucket], methods: [GET], paths: [/2.0/user] }
connections:
  bitbucket:
    client: { id: auth0-at-bitbucket, secret: '\${BITBUCKET_SECRET}' }
    catalogue:
      apiBaseUrls: ['https://localhost:\${API_PORT}/bitbucket/api']
      refresh: { possible: 'yes', rotates: always, tokenEndpoint: 'https://localhost:\${TOKEN_PORT}/bitbucket/site/oauth2/access_token', clientAuthentication: basic }
`;

describe.skipIf(serverUrl === undefined)('a process that is killed in the middle of a renewal', () => {
  let database: OwnDatabase;
  let processes: RelayProcesses;
  let tokenGate: TcpGate;
  let apiGate: TcpGate;
  let survivor: RelayProcess;
  let release: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    database = await createOwnDatabase(serverUrl ?? '');
    const environment = {
      BITBUCKET_SECRET: sampleIdpClient('bitbucket').clientSecret,
      // The lease of a dead process ends five seconds later.
      IDP_TOKEN_TIMEOUT_MS: '2000',
    };
    processes = await startRelayProcesses({
      databaseUrl: database.url,
      configuration,
      environment: () => environment,
    });
    const idps = Number(new URL(processes.tenant.origins.idpsHttps).port);
    [tokenGate, apiGate] = await Promise.all([startTcpGate(idps), startTcpGate(idps)]);
    // It does not wait long for others, so that each call tells how things stand.
    survivor = await start({ REQUEST_DEADLINE_MS: '1500' });
  }, 60_000);
  afterAll(async () => {
    await release?.();
    await processes.close();
    await Promise.all([tokenGate.close(), apiGate.close()]);
    await database.drop();
  });

  const start = (environment: Readonly<Record<string, string>> = {}): Promise<RelayProcess> =>
    processes.start({
      TOKEN_PORT: String(tokenGate.port),
      API_PORT: String(apiGate.port),
      ...environment,
    });

  /** A user whose token has ended, and what the IdP has seen since. */
  const endedUser = async (handle: string) => {
    const { tenant } = processes;
    const userId = await signUpAt(tenant, 'bitbucket', handle);
    const user = tenant.database.state.users.find(({ user_id: id }) => id === userId);
    if (user === undefined) throw new Error('nobody signed up');
    user.last_login = new Date(Date.now() - 3 * 3_600_000).toISOString();
    tenant.control.expireToken({ user_id: userId, connection: 'bitbucket' });
    tenant.faults.resetCounts();
    const tokens = () =>
      tenant.database.state.sampleIdps.tokens.filter(({ accountId }) => userId.endsWith(accountId));
    return {
      userId,
      /** Requests that arrived at the IdP's token endpoint. */
      uses: () => tenant.faults.count('idps', { method: 'POST', pathPrefix: '/bitbucket/site' }),
      /** False once the IdP has ended all that came of the login, as it does when a refresh token is used twice. */
      isFamilyAlive: () => tokens().every(({ revoked }) => !revoked),
      calls: (relay: RelayProcess) => relay.call(path, userId),
    };
  };
  const holdWrites = async (): Promise<void> => {
    release = await database.holdWrites();
  };
  const letWritesGo = async (): Promise<void> => {
    await release?.();
    release = undefined;
  };

  it('before its request is marked as sent: another one renews once the lease is over', async () => {
    const user = await endedUser('unsent');
    const victim = await start();
    await holdWrites();
    const lost = user.calls(victim);
    await expect.poll(database.waitingWrites, patient).toBe(1);
    expect(await database.isLeased(user.userId)).toBe(true);
    await victim.kill();
    await letWritesGo();
    expect(await lost).toBeUndefined();
    expect(await database.kept(user.userId)).toBeUndefined();
    expect(user.uses()).toBe(0);

    await expect.poll(() => user.calls(survivor), patient).toMatchObject({ status: 200 });
    expect(user.uses()).toBe(1);
    expect(user.isFamilyAlive()).toBe(true);
  }, 60_000);

  it('before the IdP got its request: nobody sends another one while an answer may come, then it is renewed', async () => {
    const user = await endedUser('unheard');
    const victim = await start();
    tokenGate.shut();
    const lost = user.calls(victim);
    await expect.poll(tokenGate.held, patient).toBe(1);
    await victim.kill();
    tokenGate.open();
    expect(await lost).toBeUndefined();
    expect(await database.kept(user.userId)).toMatchObject({ sent: true, has_tokens: false });

    await expect.poll(() => database.isLeased(user.userId), patient).toBe(false);
    expect(await user.calls(survivor)).toMatchObject({
      status: 424,
      body: { verdict: { state: 'renewable' } },
    });
    expect(user.uses()).toBe(0);
    await database.ageSent(user.userId, 30);
    await expect.poll(() => user.calls(survivor), patient).toMatchObject({ status: 200 });
    expect(user.uses()).toBe(1);
    expect(user.isFamilyAlive()).toBe(true);
  }, 60_000);

  it('with the answer in its hands: the one refresh token that was good is lost, and the verdict says so', async () => {
    const user = await endedUser('unwritten');
    const victim = await start();
    tokenGate.shut();
    const lost = user.calls(victim);
    await expect.poll(tokenGate.held, patient).toBe(1);
    await holdWrites();
    tokenGate.open();
    await expect.poll(database.waitingWrites, patient).toBe(1);
    expect(user.uses()).toBe(1);
    await victim.kill();
    await letWritesGo();
    expect(await lost).toBeUndefined();

    await expect.poll(() => database.isLeased(user.userId), patient).toBe(false);
    expect(await user.calls(survivor)).toMatchObject({
      status: 424,
      body: { verdict: { state: 'renewable' } },
    });
    expect(await database.kept(user.userId)).toMatchObject({ sent: true, has_tokens: false });
    // The IdP's login is whole as long as somebody may still hold the answer.
    expect(user.uses()).toBe(1);
    expect(user.isFamilyAlive()).toBe(true);
    // Nobody can tell this from a request that never arrived but by asking once more.
    await database.ageSent(user.userId, 30);
    await expect
      .poll(() => user.calls(survivor), patient)
      .toMatchObject({
        status: 424,
        body: {
          code: 'idp_token_expired',
          verdict: { state: 'expired', reason: 'renewal_answer_lost', callable: false },
        },
      });
    expect(user.uses()).toBe(2);
    await user.calls(survivor);
    expect(user.uses()).toBe(2);
  }, 60_000);

  it('with a refusal in its hands: another one tries again, and renews', async () => {
    const user = await endedUser('refused');
    const victim = await start();
    tokenGate.shut();
    const lost = user.calls(victim);
    await expect.poll(tokenGate.held, patient).toBe(1);
    await holdWrites();
    processes.tenant.faults.add('idps', { pathPrefix: '/bitbucket/site', status: 503, times: 1 });
    tokenGate.open();
    await expect.poll(database.waitingWrites, patient).toBe(1);
    await victim.kill();
    await letWritesGo();
    expect(await lost).toBeUndefined();
    expect(await database.kept(user.userId)).toMatchObject({ sent: true, failure_reason: null });

    await database.ageSent(user.userId, 30);
    await expect.poll(() => user.calls(survivor), patient).toMatchObject({ status: 200 });
    expect(user.uses()).toBe(2);
    expect(user.isFamilyAlive()).toBe(true);
  }, 60_000);

  it('after the new tokens are written down: another one serves with them at once', async () => {
    const user = await endedUser('written');
    const victim = await start();
    apiGate.shut();
    const lost = user.calls(victim);
    await expect.poll(apiGate.held, patient).toBe(1);
    expect(await database.kept(user.userId)).toEqual({ sent: false, has_tokens: true, failure_reason: null });
    await victim.kill();
    apiGate.open();
    expect(await lost).toBeUndefined();

    expect(await user.calls(survivor)).toMatchObject({ status: 200 });
    expect(user.uses()).toBe(1);
    expect(user.isFamilyAlive()).toBe(true);
  }, 60_000);

  it('one that only stood still for longer than its lease writes its answer down, and nobody came before it', async () => {
    const user = await endedUser('asleep');
    const sleeper = await start();
    tokenGate.shut();
    const late = user.calls(sleeper);
    await expect.poll(tokenGate.held, patient).toBe(1);
    await holdWrites();
    tokenGate.open();
    await expect.poll(database.waitingWrites, patient).toBe(1);
    sleeper.signal('SIGSTOP');
    await letWritesGo();
    await expect.poll(() => database.isLeased(user.userId), patient).toBe(false);
    expect(await user.calls(survivor)).toMatchObject({ status: 424 });
    expect(user.uses()).toBe(1);
    sleeper.signal('SIGCONT');

    expect(await late).toMatchObject({ status: 200 });
    expect(await user.calls(survivor)).toMatchObject({ status: 200 });
    expect(user.uses()).toBe(1);
    expect(user.isFamilyAlive()).toBe(true);
  }, 60_000);
});
