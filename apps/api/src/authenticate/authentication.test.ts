import { createHmac, createPublicKey, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { createServer, request, type OutgoingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { audience, clients, startTestRelay, type TestRelay } from '../../test/test-relay.ts';
import { createSigningKeys } from './signing-keys.ts';

const Problem = z.looseObject({ code: z.string(), reason: z.string().optional(), status: z.number() });
const me = '/v1/me/identities';
const claims = { sub: 'github|1001', azp: clients.product, permissions: ['call:idp'] };
const now = (): number => Math.floor(Date.now() / 1000);

let relay: TestRelay;
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => {
  relay = await startTestRelay({}, (end) => ends.push(end));
});
afterAll(() => Promise.all(ends.map((end) => end())));

async function refusal(token: string): Promise<z.infer<typeof Problem>> {
  const response = await relay.call(me, token);
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const body = await response.text();
  expect(body).not.toContain(token.split('.')[1] === '' ? '\0' : (token.split('.')[1] ?? '\0'));
  return Problem.parse(JSON.parse(body));
}

/** A token put together by hand, for everything that a decent library refuses to make. */
function handmade(header: unknown, payload: unknown, signature: (input: string) => string): string {
  const input = [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${input}.${signature(input)}`;
}
const goodPayload = (): Record<string, unknown> => ({
  iss: `${relay.tenant.origins.tenantHttps}/`,
  aud: audience,
  iat: now(),
  exp: now() + 600,
  ...claims,
});
const tenantKey = (): { kid: string; pem: string; jwk: Record<string, unknown> } => {
  const [key] = relay.tenant.database.state.signingKeys;
  if (key === undefined) throw new Error('no key');
  const jwk = { kty: 'RSA', n: String(key.privateJwk.n), e: String(key.privateJwk.e) };
  return {
    kid: key.kid,
    jwk,
    pem: createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString(),
  };
};
const hmac = (secret: string) => (input: string) =>
  createHmac('sha256', secret).update(input).digest('base64url');

describe('a good access token', () => {
  it('is accepted from the tenant’s domain, from its custom domain, and with several audiences', async () => {
    for (const more of [
      {},
      { iss: `${relay.tenant.origins.tenantHttp}/` },
      { aud: [audience, 'https://x/userinfo'] },
    ]) {
      expect((await relay.call(me, await relay.forge({ ...claims, ...more }))).status).toBe(200);
    }
    expect((await relay.call(me, await relay.forge(claims, { typ: 'at+jwt' }))).status).toBe(200);
  });
  it('comes from a real sign-in', async () => {
    expect((await relay.call(me, await relay.userToken('ada'))).status).toBe(200);
  });
});

describe('claims', () => {
  it.each([
    ['another issuer', { iss: 'https://evil.example/' }, 'issuer_refused'],
    ['an issuer without its slash', { iss: 'https://localhost' }, 'issuer_refused'],
    ['no issuer', { iss: undefined }, 'issuer_refused'],
    ['another audience', { aud: 'https://other.example' }, 'audience_refused'],
    ['an audience that begins like ours', { aud: `${audience}/more` }, 'audience_refused'],
    ['no audience', { aud: undefined }, 'audience_refused'],
    ['no subject', { sub: undefined }, 'claims_invalid'],
    ['no expiry', { exp: undefined }, 'claims_invalid'],
    ['no time of issue', { iat: undefined }, 'claims_invalid'],
    ['a time of issue to come', { iat: now() + 3600 }, 'not_yet_valid'],
    ['a beginning to come', { nbf: now() + 3600 }, 'not_yet_valid'],
    ['no client', { azp: undefined }, 'claims_invalid'],
    ['permissions that are no list', { permissions: 'call:idp' }, 'claims_invalid'],
  ])('%s: 401', async (_what, changed, reason) => {
    expect(await refusal(await relay.forge({ ...claims, ...changed }))).toMatchObject({
      status: 401,
      code: 'access_token_invalid',
      reason,
    });
  });
  it('an expired token: 401 with a code of its own', async () => {
    expect(await refusal(await relay.forge({ ...claims, exp: now() - 60 }))).toMatchObject({
      status: 401,
      code: 'access_token_expired',
    });
  });
});

describe('algorithms and keys', () => {
  it('alg none: 401', async () => {
    const token = handmade({ alg: 'none', typ: 'JWT' }, goodPayload(), () => '');
    expect(await refusal(token)).toMatchObject({ status: 401 });
    const { kid } = tenantKey();
    expect(await refusal(handmade({ alg: 'none', kid }, goodPayload(), () => 'x'))).toMatchObject({
      reason: 'algorithm_refused',
    });
  });
  it('HS256 with the public key as its secret, as PEM and as JWK: 401', async () => {
    const { kid, pem, jwk } = tenantKey();
    for (const secret of [pem, pem.trim(), JSON.stringify(jwk)]) {
      const token = handmade({ alg: 'HS256', typ: 'JWT', kid }, goodPayload(), hmac(secret));
      expect(await refusal(token)).toMatchObject({ status: 401, reason: 'algorithm_refused' });
    }
  });
  it('RS384, PS256 and ES256, though with good signatures: 401', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const byEc = (input: string): string =>
      signBytes('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString(
        'base64url',
      );
    for (const alg of ['ES256', 'RS384', 'PS256', 'rs256', 'RS256 ']) {
      expect(await refusal(handmade({ alg, kid: tenantKey().kid }, goodPayload(), byEc))).toMatchObject({
        status: 401,
        reason: 'algorithm_refused',
      });
    }
  });
  it('another key under the tenant’s key id: 401', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const byOther = (input: string): string =>
      signBytes('sha256', Buffer.from(input), privateKey).toString('base64url');
    const token = handmade({ alg: 'RS256', kid: tenantKey().kid }, goodPayload(), byOther);
    expect(await refusal(token)).toMatchObject({ status: 401, reason: 'signature_invalid' });
  });
  it('no key id, or one that is not a text: 401', async () => {
    for (const kid of [undefined, '', 7, ['a'], { a: 1 }]) {
      expect(await refusal(handmade({ alg: 'RS256', kid }, goodPayload(), () => 'eA'))).toMatchObject({
        status: 401,
      });
    }
  });
  it('jku, x5u and an embedded key are not looked at: 401, and nobody is asked', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    let asked = 0;
    const attacker = createServer((_request, reply) => {
      asked += 1;
      reply.end(
        JSON.stringify({
          keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'evil', alg: 'RS256', use: 'sig' }],
        }),
      );
    });
    await new Promise<void>((resolve) => attacker.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void attacker.close());
    const address = attacker.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? String(address?.port) : ''}/jwks.json`;
    const byAttacker = (input: string): string =>
      signBytes('sha256', Buffer.from(input), privateKey).toString('base64url');
    for (const trick of [{ jku: url }, { x5u: url }, { jwk: publicKey.export({ format: 'jwk' }) }]) {
      const token = handmade({ alg: 'RS256', kid: 'evil', ...trick }, goodPayload(), byAttacker);
      expect(await refusal(token)).toMatchObject({ status: 401, reason: 'unknown_key' });
    }
    expect(asked).toBe(0);
  });
  it('critical extensions: 401', async () => {
    for (const crit of [['b64'], ['exp'], [], 'b64']) {
      const { kid } = tenantKey();
      const token = handmade({ alg: 'RS256', kid, crit, b64: false }, goodPayload(), () => 'eA');
      expect(await refusal(token)).toMatchObject({ status: 401, reason: 'critical_header' });
    }
  });
});

describe('what is not even a token', () => {
  it.each([
    ['garbage', 'garbage'],
    ['two segments', 'e30.e30'],
    ['five segments', 'e30.e30.e30.e30.e30'],
    ['an empty payload', 'eyJhbGciOiJSUzI1NiJ9..eA'],
    ['a payload that is no JSON', `eyJhbGciOiJSUzI1NiJ9.${Buffer.from('x').toString('base64url')}.eA`],
    ['a payload that is a list', `eyJhbGciOiJSUzI1NiJ9.${Buffer.from('[]').toString('base64url')}.eA`],
    ['a huge one', `e30.${'A'.repeat(20_000)}.eA`],
  ])('%s: 401', async (_what, token) => {
    const response = await relay.call(me, token);
    // Node itself refuses headers that are longer than it keeps.
    expect([401, 431]).toContain(response.status);
  });
  it('no header, another scheme, a doubled header: 401', async () => {
    expect((await relay.call(me)).headers.get('www-authenticate')).toBe('Bearer');
    const basic = await relay.call(me, undefined, { headers: { authorization: 'Basic eDp5' } });
    expect(Problem.parse(await basic.json()).code).toBe('access_token_missing');
    const authorization = `Bearer ${await relay.forge(claims)}`;
    const doubled: OutgoingHttpHeaders[string] = [authorization, authorization];
    for (const value of [doubled, `${authorization} more`]) {
      const status = await new Promise((resolve, reject) => {
        request(
          `${relay.origin}${me}`,
          { headers: Object.fromEntries([['authorization', value]]) },
          (response) => {
            response.resume();
            resolve(response.statusCode);
          },
        )
          .on('error', reject)
          .end();
      });
      expect(status).toBe(401);
    }
  });
  it('a token in the query or in a cookie is not looked for', async () => {
    const good = await relay.forge(claims);
    expect((await relay.call(`${me}?access_token=${good}`)).status).toBe(401);
    expect((await relay.call(me, undefined, { headers: { cookie: `access_token=${good}` } })).status).toBe(
      401,
    );
  });
});

describe('the tenant’s keys', () => {
  const jwksReads = (): number =>
    relay.tenant.faults.count('authentication', { pathPrefix: '/.well-known/jwks.json' });

  it('fifty unknown key ids cause one read at most', async () => {
    await relay.call(me, await relay.forge(claims));
    const before = jwksReads();
    const forged = Array.from({ length: 50 }, (_value, index) =>
      handmade({ alg: 'RS256', kid: `unknown-${index}` }, goodPayload(), () => 'eA'),
    );
    const answers = await Promise.all(forged.map((token) => relay.call(me, token)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(jwksReads() - before).toBeLessThanOrEqual(1);
  });

  it('unknown key ids cause few reads even while reads fail, and good tokens are taken all the same', async () => {
    const other = await startTestRelay();
    // With no cooldown after a read that went well, only the pause after a failure is left to hold them back.
    const keys = createSigningKeys({
      jwksUrl: new URL(`${other.tenant.origins.tenantHttp}/.well-known/jwks.json`),
      cooldownMs: 0,
      maxAgeMs: 600_000,
      timeoutMs: 2_000,
    });
    expect(await keys.load()).toBe(true);
    other.tenant.faults.add('authentication', { pathPrefix: '/.well-known/jwks.json', status: 500 });
    const kid = other.tenant.database.state.signingKeys[0]?.kid;
    for (let asked = 0; asked < 20; asked += 1) {
      await expect(keys.find({ alg: 'RS256', kid: `unknown-${asked}` })).rejects.toMatchObject({
        code: 'access_token_invalid',
      });
    }
    await expect(keys.find({ alg: 'RS256', kid })).resolves.toContain('PUBLIC KEY');
    expect(other.tenant.faults.count('authentication', { pathPrefix: '/.well-known/jwks.json' })).toBe(2);
  });

  it('a rotated key is found without a restart, and 503 tells when keys cannot be read', async () => {
    const other = await startTestRelay();
    await other.tenant.control.rotateSigningKey({ revokePrevious: false });
    expect((await other.call(me, await other.forge(claims))).status).toBe(200);

    const third = await startTestRelay();
    third.tenant.faults.add('authentication', { pathPrefix: '/.well-known/jwks.json', status: 500 });
    const response = await third.call(me, await third.forge(claims));
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(Problem.parse(await response.json()).code).toBe('signing_keys_unavailable');
    expect((await third.call('/readyz')).status).toBe(503);
  });
});
