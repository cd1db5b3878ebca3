import { Secret } from '@idp-relay/idp-tokens';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audience, clients, startTestRelay, type TestRelay } from '../../test/test-relay.ts';

const secret = 'the-secret-of-a-single-page-app-of-long-ago';
let relay: TestRelay;
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => {
  relay = await startTestRelay(
    {
      idTokenClients: [
        { clientId: clients.product, algorithm: 'RS256' },
        { clientId: 'legacy', algorithm: 'HS256', clientSecret: new Secret(secret) },
      ],
    },
    (end) => ends.push(end),
  );
});
afterAll(() => Promise.all(ends.map((end) => end())));

const identities = '/v1/me/identities';
const rs256 = (claims = {}): Promise<string> =>
  relay.forge({ sub: 'github|1001', aud: clients.product, ...claims });
const hs256 = (key: string, claims = {}): Promise<string> => {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    iss: `${relay.tenant.origins.tenantHttps}/`,
    aud: 'legacy',
    sub: 'github|1001',
    iat: now,
    exp: now + 60,
    ...claims,
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(key));
};

describe('ID tokens of configured clients', () => {
  it('are accepted on /v1/me, by the algorithm of their client', async () => {
    expect((await relay.call(identities, await rs256())).status).toBe(200);
    expect((await relay.call(identities, await hs256(secret))).status).toBe(200);
    expect((await relay.call('/v1/me/idp/github/user', await rs256())).status).toBe(200);
  });
  it('are refused everywhere else', async () => {
    const response = await relay.call('/v1/users/github%7C1001/identities', await rs256());
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'id_token_not_accepted' });
  });
  it.each([
    ['HS256 with another secret', () => hs256('another-secret-of-sufficient-length')],
    ['HS256 for a client of RS256', () => hs256(secret, { aud: clients.product })],
    [
      'HS256 for the relay’s audience',
      () => hs256(secret, { aud: audience, azp: 'legacy', permissions: ['call:idp'] }),
    ],
    ['RS256 for a client of HS256', () => rs256({ aud: 'legacy' })],
    ['a client that nobody configured', () => rs256({ aud: clients.stranger })],
    ['several audiences', () => rs256({ aud: [clients.product, 'another'] })],
    ['another authorized party', () => rs256({ azp: 'another' })],
    ['an expired one', () => rs256({ exp: Math.floor(Date.now() / 1000) - 60 })],
    ['another issuer', () => hs256(secret, { iss: 'https://evil.example/' })],
  ])('%s: 401', async (_what, make) => {
    expect((await relay.call(identities, await make())).status).toBe(401);
  });
});

it('no ID token is accepted where none is configured', async () => {
  const plain = await startTestRelay();
  const token = await plain.forge({ sub: 'github|1001', aud: clients.product });
  expect((await plain.call(identities, token)).status).toBe(401);
});
