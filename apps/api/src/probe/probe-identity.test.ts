import { createServer } from 'node:http';
import { Secret, systemClock } from '@idp-relay/idp-tokens';
import { expect, it, onTestFinished } from 'vitest';
import { sampleIdpToken } from '../../test/sample-idp-token.ts';
import { createIdpClient, type IdpClient } from '../relay/idp-client.ts';
import { CallerGoneError } from '../relay/idp-failure.ts';
import { probeIdentity } from './probe-identity.ts';

const optionsOf = (idpClient: IdpClient) => ({
  idpClient,
  client: undefined,
  clock: systemClock,
  signal: new AbortController().signal,
});

/** Probes a strategy against a server that gives this answer; tells what was observed and which paths were asked for. */
async function probe(strategy: string, status: number, body: unknown) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const idpClient = createIdpClient({ headersTimeoutMs: 2_000, idleTimeoutMs: 2_000 });
  onTestFinished(async () => {
    await idpClient.close();
    server.close();
  });
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? '') : ''}`;
  const known = sampleIdpToken(strategy).entry.probe;
  const own = known && {
    ...known,
    ...(known.url !== undefined && { url: known.url.replace(/^https:\/\/[^/]+/, origin) }),
  };
  const token = sampleIdpToken(strategy, {
    entry: { apiBaseUrls: [`${origin}/base`], ...(own && { probe: own }) },
  });
  const { observation } = await probeIdentity(token, optionsOf(idpClient));
  return { asked, observation };
}

it('goes to the connection’s own base URL where the probe has but a path', async () => {
  const { asked, observation } = await probe('shopify', 200, { access_scopes: [{ handle: 'read_orders' }] });
  expect(asked).toEqual(['/base/admin/oauth/access_scopes.json']);
  expect(observation).toMatchObject({ outcome: 'accepted', grantedScopes: ['read_orders'] });
});

it('tells what to set where there is no base URL yet', async () => {
  const idpClient = createIdpClient({ headersTimeoutMs: 2_000, idleTimeoutMs: 2_000 });
  const probing = probeIdentity(sampleIdpToken('okta'), optionsOf(idpClient));
  await expect(probing).rejects.toThrow(/apiBaseUrls/);
  await expect(probing).rejects.toMatchObject({ code: 'probe_not_available' });
});

it.each<[string, number, unknown, string]>([
  ['baidu', 200, { uname: 'x' }, 'accepted'],
  ['baidu', 200, { error_code: 111, error_msg: 'expired' }, 'refused'],
  ['dropbox', 200, { result: 'ping' }, 'accepted'],
  ['dropbox', 401, { error: { '.tag': 'expired_access_token' } }, 'refused'],
  // The IdP knows the token's scopes, so it is alive.
  ['dropbox', 401, { error: { '.tag': 'missing_scope' } }, 'accepted'],
  ['facebook', 400, { error: { code: 190 } }, 'refused'],
  ['salesforce', 403, 'Bad_OAuth_Token', 'refused'],
])('%s: %i %j is %s', async (strategy, status, body, outcome) => {
  expect((await probe(strategy, status, body)).observation.outcome).toBe(outcome);
});

it.each([
  ['facebook', 400, { error: { code: 4 } }],
  ['baidu', 200, { error_code: 18 }],
])('%s: %i %j says neither yes nor no', async (strategy, status, body) => {
  await expect(probe(strategy, status, body)).rejects.toMatchObject({ code: 'idp_unavailable' });
});

it.each([
  ['a time limit', () => AbortSignal.timeout(300), { code: 'idp_timeout' }],
  ['a caller who leaves', () => AbortSignal.abort(new CallerGoneError('gone')), { code: 'caller_gone' }],
])('a body that does not end: %s ends it', async (_what, signalOf, error) => {
  const server = createServer((_request, response) => void response.writeHead(200).write('{'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const idpClient = createIdpClient({ headersTimeoutMs: 5_000, idleTimeoutMs: 5_000 });
  onTestFinished(async () => {
    await idpClient.close();
    server.close();
  });
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? '') : ''}`;
  const token = sampleIdpToken('okta', { entry: { apiBaseUrls: [origin] } });
  const client = { clientId: 'a', clientSecret: new Secret('b') };
  const probing = probeIdentity(token, { ...optionsOf(idpClient), signal: signalOf() });
  await expect(probing).rejects.toMatchObject(error);
  // By introspection alone it is no other.
  const { probe: _probe, ...entry } = token.entry;
  const alone = probeIdentity({ ...token, entry }, { ...optionsOf(idpClient), client, signal: signalOf() });
  await expect(alone).rejects.toMatchObject(error);
});
