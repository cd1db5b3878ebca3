import { sampleIdpClient, startLocalTenant, type LocalTenant } from '@idp-relay/local-tenant';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { clients, provision, startTestRelay, userIdOf, type TestRelay } from '../../test/test-relay.ts';
import { signUpAt } from '../../test/sign-up-at.ts';

const { clientId, clientSecret } = sampleIdpClient('bitbucket');
const client = { id: clientId, secret: clientSecret };

let tenant: LocalTenant;
beforeAll(async () => {
  tenant = await startLocalTenant({ plan: 'unlimited' });
  provision(tenant);
}, 60_000);
afterAll(() => tenant.close());
beforeEach(() => tenant.faults.clear());

const form = { token: '{access_token}' };
const atBitbucket = (fields: Record<string, unknown> = {}) => ({
  method: 'POST',
  url: `${tenant.origins.idpsHttps}/bitbucket/site/oauth2/introspect`,
  credentials: 'clientBasic',
  body: { form },
  ...fields,
});
const probe = () => ({
  method: 'GET',
  url: `${tenant.origins.idpsHttps}/bitbucket/api/2.0/user`,
  expectStatus: 200,
  badTokenStatus: [401],
});

/** A relay whose file says this of one connection, and no more. */
const startWith = (
  connection: string,
  {
    catalogue,
    ...settings
  }: { readonly catalogue: object; readonly client?: object; readonly [setting: string]: unknown },
  requestDeadlineMs = 3_000,
): Promise<TestRelay> =>
  startTestRelay({ requestDeadlineMs }, onTestFinished, {
    tenant,
    configuration: JSON.stringify({
      clients: { backend: clients.backend },
      rules: [
        {
          name: 'read',
          clients: ['backend'],
          connections: ['bitbucket'],
          methods: ['GET'],
          paths: ['/2.0/user'],
        },
      ],
      connections: {
        [connection]: {
          ...settings,
          catalogue: {
            extends: 'oauth2',
            apiBaseUrls: [`${tenant.origins.idpsHttps}/${connection}/api`],
            ...catalogue,
          },
        },
      },
    }),
  });

const check = async (relay: TestRelay, userId: string, connection = 'bitbucket'): Promise<Response> =>
  relay.call(
    `/v1/users/${encodeURIComponent(userId)}/identities/${connection}/check`,
    await relay.userToken('operator'),
    { method: 'POST' },
  );

const frances = userIdOf('frances');
const storedTokenOf = (userId: string): string => {
  const user = tenant.database.state.users.find(({ user_id: id }) => id === userId);
  return user?.identities.find((identity) => identity.connection === 'bitbucket')?.access_token ?? '';
};
const introspections = () => tenant.faults.count('idps', { pathPrefix: '/bitbucket/site/oauth2/introspect' });

describe('a connection with introspection and no probe', () => {
  it('is checked by introspection, with scopes and end', async () => {
    const user = await signUpAt(tenant, 'bitbucket', 'hedy');
    const relay = await startWith('bitbucket', {
      client,
      catalogue: { introspection: atBitbucket() },
      required_scopes: ['account'],
    });
    const response = await check(relay, user);
    expect(response.status).toBe(200);
    const { tokens } = tenant.database.state.sampleIdps;
    const end = tokens.find(({ accessToken }) => accessToken === storedTokenOf(user))?.expiresAt ?? 0;
    expect(await response.json()).toMatchObject({
      probed: `POST ${new URL(tenant.origins.idpsHttps).host}`,
      verdict: {
        state: 'usable',
        reason: 'idp_accepted',
        source: 'probe',
        advice: '',
        evidence: {
          granted_scopes: ['account'],
          expiry_basis: 'idp_answer',
          expires_at_latest: new Date(Math.floor(end / 1000) * 1000).toISOString(),
          introspection: 'active',
        },
      },
    });
  });

  it('says revoked for a token that is not active', async () => {
    const user = await signUpAt(tenant, 'bitbucket', 'emmy');
    const relay = await startWith('bitbucket', { client, catalogue: { introspection: atBitbucket() } });
    tenant.control.revokeToken({ user_id: user, connection: 'bitbucket' });
    expect(await (await check(relay, user)).json()).toMatchObject({
      verdict: {
        state: 'revoked',
        reason: 'idp_refused',
        detail: 'The IdP says, by introspection, that the stored token is not active.',
        evidence: { introspection: 'inactive', idp_status: 200 },
      },
    });
  });

  it('sends the client in the form where the catalogue says so', async () => {
    const relay = await startWith('google-oauth2', {
      client: {
        id: sampleIdpClient('google-oauth2').clientId,
        secret: sampleIdpClient('google-oauth2').clientSecret,
      },
      catalogue: {
        introspection: {
          method: 'POST',
          url: `${tenant.origins.idpsHttps}/google-oauth2/introspect`,
          credentials: 'clientPost',
          body: { form },
        },
      },
    });
    expect(await (await check(relay, userIdOf('ada'), 'google-oauth2')).json()).toMatchObject({
      verdict: { state: 'usable', evidence: { introspection: 'active' } },
    });
  });

  it('a path goes after the connection’s base URL', async () => {
    const user = await signUpAt(tenant, 'bitbucket', 'mary');
    const { url: _url, ...byPath } = atBitbucket();
    const relay = await startWith('bitbucket', {
      client,
      catalogue: {
        apiBaseUrls: [`${tenant.origins.idpsHttps}/bitbucket`],
        introspection: { ...byPath, path: '/site/oauth2/introspect' },
      },
    });
    expect((await check(relay, user)).status).toBe(200);
  });

  it('names what to configure where there is no client', async () => {
    const relay = await startWith('bitbucket', { catalogue: { introspection: atBitbucket() } });
    const response = await check(relay, frances);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      code: 'probe_not_available',
      detail: expect.stringContaining('set connections.bitbucket.client, id and secret') as unknown,
    });
  });

  it('a refused client revokes nothing, and is named', async () => {
    const wrong = { id: clientId, secret: 'cAnArY7f3q-not-the-secret' };
    const user = await signUpAt(tenant, 'bitbucket', 'joan');
    const relay = await startWith('bitbucket', {
      client: wrong,
      catalogue: { introspection: atBitbucket() },
    });
    const response = await check(relay, user);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({
      code: 'idp_client_refused',
      detail: expect.stringContaining('check id and secret in connections.bitbucket.client') as unknown,
    });
    const seen = await relay.call(
      `/v1/users/${encodeURIComponent(user)}/identities`,
      await relay.userToken('operator'),
    );
    expect(await seen.json()).toMatchObject({ identities: [{ verdict: { state: 'usable' } }] });
  });

  it.each([
    ['garbage', { status: 200, body: '<html>' }],
    ['no word of it', { status: 200, body: '{}' }],
    ['another kind of value', { status: 200, body: '{"active":"no"}' }],
    ['a list', { status: 200, body: '[]' }],
    ['far too much', { status: 200, body: JSON.stringify({ active: false, more: 'x'.repeat(300_000) }) }],
    ['slow down', { status: 429, body: '{"active":false}' }],
  ])('%s: neither yes nor no', async (_what, fault) => {
    const user = await signUpAt(tenant, 'bitbucket', 'lise');
    const relay = await startWith('bitbucket', { client, catalogue: { introspection: atBitbucket() } });
    tenant.faults.add('idps', fault);
    const response = await check(relay, user);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ code: 'idp_unavailable' });
  });

  it('an answer that takes too long: 504', async () => {
    const relay = await startWith('bitbucket', { client, catalogue: { introspection: atBitbucket() } }, 500);
    tenant.faults.add('idps', { delayMs: 3_000 });
    expect((await check(relay, frances)).status).toBe(504);
  });
});

describe('a probe that tells no scopes', () => {
  it('is filled up by introspection', async () => {
    const user = await signUpAt(tenant, 'bitbucket', 'rosalind');
    const relay = await startWith('bitbucket', {
      client,
      catalogue: { probe: probe(), introspection: atBitbucket() },
      required_scopes: ['repository'],
    });
    expect(await (await check(relay, user)).json()).toMatchObject({
      probed: `GET ${new URL(tenant.origins.idpsHttps).host}`,
      introspected: `POST ${new URL(tenant.origins.idpsHttps).host}`,
      verdict: {
        state: 'insufficient_scope',
        evidence: { granted_scopes: ['account'], lacking_scopes: ['repository'], expiry_basis: 'idp_answer' },
      },
    });
  });

  it('stands alone where there is no client, or where it is refused', async () => {
    const user = await signUpAt(tenant, 'bitbucket', 'vera');
    const without = await startWith('bitbucket', {
      catalogue: { probe: probe(), introspection: atBitbucket() },
    });
    const before = introspections();
    const alone: unknown = await (await check(without, user)).json();
    expect(alone).toMatchObject({ verdict: { state: 'usable' } });
    expect(alone).not.toHaveProperty('introspected');
    tenant.control.revokeToken({ user_id: user, connection: 'bitbucket' });
    const relay = await startWith('bitbucket', {
      client,
      catalogue: { probe: probe(), introspection: atBitbucket() },
    });
    expect(await (await check(relay, user)).json()).toMatchObject({
      verdict: { state: 'revoked', evidence: { idp_status: 401 } },
    });
    expect(introspections()).toBe(before);
  });

  it.each<[string, Parameters<LocalTenant['faults']['add']>[1], string, RegExp]>([
    [
      'the client is refused',
      { status: 401, body: '{"error":"invalid_client"}' },
      'client_refused',
      /check id and secret in connections\.bitbucket\.client/,
    ],
    [
      'the client is refused without a word of it',
      { status: 401, body: '{"active":false}' },
      'client_refused',
      /check id and secret/,
    ],
    [
      'it is refused with a 400',
      { status: 400, body: '{"error":"invalid_client"}' },
      'client_refused',
      /check id and secret/,
    ],
    [
      'it knows no such token',
      { status: 200, body: '{"active":false}' },
      'inactive',
      /is the client which the connection signs users in with/,
    ],
    ['it is garbage', { status: 200, body: '<html>' }, 'inconclusive', /cannot be read/],
    ['it is too slow', { delayMs: 3_000 }, 'unanswered', /^$/],
    ['it breaks off', { dropConnection: true }, 'unanswered', /^$/],
  ])(
    'stands, with the evidence, when of the introspection %s',
    async (_what, fault, introspection, advice) => {
      const user = await signUpAt(tenant, 'bitbucket', 'chien');
      const relay = await startWith(
        'bitbucket',
        { client, catalogue: { probe: probe(), introspection: atBitbucket() } },
        1_500,
      );
      tenant.faults.add('idps', { pathPrefix: '/bitbucket/site/oauth2/introspect', ...fault });
      expect(await (await check(relay, user)).json()).toMatchObject({
        verdict: {
          state: 'usable',
          advice: expect.stringMatching(advice) as unknown,
          evidence: { introspection, idp_status: 200 },
        },
      });
    },
  );

  it('a call that works later on leaves the evidence as it is', async () => {
    const user = await signUpAt(tenant, 'bitbucket', 'maria');
    const wrong = { id: clientId, secret: 'cAnArY7f3q-not-the-secret' };
    const relay = await startWith('bitbucket', {
      client: wrong,
      catalogue: { probe: probe(), introspection: atBitbucket() },
    });
    await check(relay, user);
    const path = `/v1/users/${encodeURIComponent(user)}`;
    expect((await relay.call(`${path}/idp/bitbucket/2.0/user`, await relay.backendToken())).status).toBe(200);
    const seen = await relay.call(`${path}/identities`, await relay.userToken('operator'));
    expect(await seen.json()).toMatchObject({
      identities: [{ verdict: { source: 'idp_answer', evidence: { introspection: 'client_refused' } } }],
    });
  });

  it('leaves it to introspection when it says neither yes nor no', async () => {
    const user = await signUpAt(tenant, 'bitbucket', 'cecilia');
    const relay = await startWith('bitbucket', {
      client,
      catalogue: { probe: probe(), introspection: atBitbucket() },
    });
    tenant.faults.add('idps', { pathPrefix: '/bitbucket/api', status: 403 });
    expect(await (await check(relay, user)).json()).toMatchObject({
      probed: `POST ${new URL(tenant.origins.idpsHttps).host}`,
      verdict: { state: 'usable', evidence: { introspection: 'active' } },
    });
  });
});

describe('GitHub’s own call', () => {
  const atGithub = () => ({
    method: 'POST',
    url: `${tenant.origins.idpsHttps}/github/api/applications/{client_id}/token`,
    credentials: 'clientBasic',
    body: { json: { access_token: '{access_token}' } },
    okWhen: { jsonPointer: '/message', absent: true },
    badTokenStatus: [404],
    scopesFrom: { jsonPointer: '/scopes' },
  });
  const github = sampleIdpClient('github');
  const start = () =>
    startWith('github', {
      client: { id: github.clientId, secret: github.clientSecret },
      catalogue: { introspection: atGithub() },
    });

  it('names scopes of a live token, and answers 404 for a dead one', async () => {
    const relay = await start();
    const live = await check(relay, userIdOf('ada'), 'github');
    expect(await live.json()).toMatchObject({
      verdict: { state: 'usable', evidence: { granted_scopes: ['user:email', 'repo'] } },
    });
    const dead = await check(relay, userIdOf('linus'), 'github');
    expect(await dead.json()).toMatchObject({ verdict: { state: 'revoked', evidence: { idp_status: 404 } } });
  });

  it('a 404 that is not an answer of the IdP’s own kind revokes nothing', async () => {
    const relay = await start();
    tenant.faults.add('idps', { status: 404, body: 'no such host' });
    expect((await check(relay, userIdOf('ada'), 'github')).status).toBe(502);
  });
});

it('neither secret nor token comes back, or into the log, however the IdP repeats them', async () => {
  const user = await signUpAt(tenant, 'bitbucket', 'katherine');
  const relay = await startWith('bitbucket', {
    client,
    catalogue: { introspection: atBitbucket({ credentials: 'clientPost' }) },
  });
  const seen: string[] = [];
  for (const [status, body] of [
    [200, '{"active":true,"scope":"account {request}"}'],
    [200, '{"active":true,"exp":"{request}"}'],
    [400, '{"error":"{request}"}'],
    [401, '{"error":"invalid_client","error_description":"{request}"}'],
    [503, '{request}'],
  ] as const) {
    tenant.faults.clear();
    tenant.faults.add('idps', { status, body });
    const response = await check(relay, user);
    seen.push(`${JSON.stringify([...response.headers])}${await response.text()}`);
  }
  expect(seen[0]).toContain('"granted_scopes":["account"]');
  const all = [...seen, ...relay.log].join('\n');
  for (const secret of [storedTokenOf(user), clientSecret])
    for (const written of [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64url').slice(0, -2),
    ])
      expect(all).not.toContain(written);
});
