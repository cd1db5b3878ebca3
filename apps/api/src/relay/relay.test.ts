import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { canary } from '@idp-relay/local-tenant';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  clients,
  startTestRelay,
  tokenWithoutSignIn,
  userIdOf,
  type TestRelay,
} from '../../test/test-relay.ts';

const Echo = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.unknown()),
  authorization_scheme: z.string(),
  body: z.object({ length: z.number(), sha256: z.string() }),
});
const github = '/v1/me/idp/github';

let relay: TestRelay;
let ada: string;
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => {
  relay = await startTestRelay({ idpHeadersTimeoutMs: 1_500 }, (end) => ends.push(end));
  ada = await relay.userToken('ada');
});
afterAll(() => Promise.all(ends.map((end) => end())));
beforeEach(() => {
  relay.tenant.faults.clear();
  relay.tenant.faults.resetCounts();
});

/** Whether a text holds what every sample secret has, plain or in base64 that begins anywhere. */
const findLeak = (text: string): boolean =>
  text.includes(canary) ||
  [0, 1, 2].some((offset) => {
    const encoded = Buffer.from(`${'x'.repeat(offset)}${canary}`).toString('base64');
    return text.includes(encoded.slice(offset === 0 ? 0 : 4, -4));
  });
const code = async (response: Response): Promise<unknown> =>
  z.looseObject({ code: z.string() }).parse(await response.json()).code;
const idpCalls = (): number => relay.tenant.faults.count('idps');

describe('passing a call on', () => {
  it('gives the IdP’s own answer, rate-limit headers included', async () => {
    const response = await relay.call(`${github}/user/repos`, ada);
    expect(response.status).toBe(200);
    expect(response.headers.get('relay-source')).toBe('idp');
    expect(response.headers.get('x-ratelimit-limit')).toBe('5000');
    expect(await response.json()).toMatchObject([{ full_name: 'ada/analytical-engine' }, {}, {}]);
  });

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    '%s, with query and body as they are',
    async (method) => {
      const body = method === 'GET' || method === 'OPTIONS' ? undefined : '{"a": 1}';
      const response = await relay.call(`${github}/_sample/echo?b=2&a=%20x+y&a=1&empty=&identity=1001`, ada, {
        method,
        ...(body !== undefined && { body, headers: { 'content-type': 'application/vnd.thing+json' } }),
      });
      const echo = Echo.parse(await response.json());
      expect(echo).toMatchObject({
        method,
        url: '/github/api/_sample/echo?b=2&a=%20x+y&a=1&empty=',
        authorization_scheme: 'Bearer',
      });
      expect(echo.body).toEqual({
        length: body?.length ?? 0,
        sha256: createHash('sha256')
          .update(body ?? '')
          .digest('hex'),
      });
      if (body !== undefined) expect(echo.headers['content-type']).toBe('application/vnd.thing+json');
    },
  );

  it('hands on an answer that streams to a request with a body', async () => {
    const body = 'x'.repeat(100);
    const response = await relay.call(`${github}/_sample/stream?bytes=100000`, ada, { method: 'POST', body });
    expect(response.status).toBe(200);
    expect(await response.arrayBuffer()).toHaveProperty('byteLength', 100_000);
  });

  it('takes no word of the query for whose call it is', async () => {
    const query = '?userId=github|1002&user_id=github|1002&connection=google-oauth2&rawPath=/emails';
    const response = await relay.call(`${github}/user${query}`, ada);
    expect(await response.json()).toMatchObject({ login: 'ada' });
  });

  it('answers HEAD without a body', async () => {
    const response = await relay.call(`${github}/_sample/status/200`, ada, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  it('drops what speaks of the caller or would change the call', async () => {
    const response = await relay.call(`${github}/_sample/echo`, ada, {
      headers: {
        cookie: 'session=1',
        'x-forwarded-for': '1.2.3.4',
        forwarded: 'for=1.2.3.4',
        'x-http-method-override': 'DELETE',
        origin: 'https://evil.example',
        'relay-base-url': `${relay.tenant.origins.idpsHttps}/github/api`,
        'x-kept': 'yes',
      },
    });
    const { headers } = Echo.parse(await response.json());
    for (const name of [
      'cookie',
      'x-forwarded-for',
      'forwarded',
      'x-http-method-override',
      'origin',
      'relay-base-url',
    ]) {
      expect(headers).not.toHaveProperty(name);
    }
    expect(headers).toMatchObject({ 'x-kept': 'yes', host: new URL(relay.tenant.origins.idpsHttps).host });
  });

  it('drops what would act on the caller’s browser or caches', async () => {
    const { headers } = await relay.call(`${github}/_sample/headers`, ada);
    for (const name of [
      'set-cookie',
      'access-control-allow-origin',
      'expires',
      'clear-site-data',
      'strict-transport-security',
      'x-accel-redirect',
      'x-sendfile',
      'cloudflare-cdn-cache-control',
      'referrer-policy',
    ]) {
      expect(headers.has(name), name).toBe(false);
    }
    expect(headers.get('request-id')).not.toBe('of-the-idp');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('etag')).toBe('"1"');
    expect(headers.get('x-custom')).toBe('kept');
  });

  it.each([204, 304, 400, 403, 404, 418, 429, 500, 503])('hands status %i on, asked once', async (status) => {
    const response = await relay.call(`${github}/_sample/status/${status}`, ada);
    expect(response.status).toBe(status);
    expect(response.headers.get('relay-source')).toBe('idp');
    expect(idpCalls()).toBe(1);
  });

  it('lets a backend call for a user, and nobody else', async () => {
    const path = '/v1/users/github%7C1001/idp/github/user';
    const response = await relay.call(path, await relay.backendToken());
    expect(await response.json()).toMatchObject({ login: 'ada' });
    expect((await relay.call(path, ada)).status).toBe(403);
    expect(await code(await relay.call(`${github}/user`, await relay.backendToken()))).toBe(
      'user_token_required',
    );
  });

  it('sends Facebook’s token where Facebook wants it', async () => {
    const response = await relay.call('/v1/me/idp/facebook/v24.0/me', await relay.userToken('frances'));
    expect(await response.json()).toMatchObject({ name: 'Frances Allen' });
  });
});

describe('an IdP that repeats the token', () => {
  it('gives no part of a text, in which no part of the token would be found; parts of files go on', async () => {
    const part = (type: string): Promise<Response> =>
      relay.call(`${github}/_sample/part?type=${encodeURIComponent(type)}`, ada, {
        headers: { range: 'bytes=2-4' },
      });
    for (const type of ['application/json', 'text/plain', 'image/svg+xml', 'application/hal+json']) {
      const refused = await part(type);
      expect(refused.status).toBe(502);
      expect(await code(refused)).toBe('idp_partial_text_refused');
    }
    for (const type of ['application/octet-stream', 'application/vnd.ms-excel', 'video/mp4']) {
      const file = await part(type);
      expect(file.status).toBe(206);
      expect(file.headers.get('content-range')).toBe('bytes 2-4/10');
      expect(await file.text()).toBe('234');
    }
    // A page of a list is whole in itself, whatever its status.
    const page = await relay.call(`${github}/_sample/part?type=application/json&unit=items`, ada, {
      headers: { range: 'bytes=2-4' },
    });
    expect(page.status).toBe(206);
  });

  it('has it written over in the body, and loses the header', async () => {
    const response = await relay.call(`${github}/_sample/reflect`, ada);
    const text = await response.text();
    expect(findLeak(text)).toBe(false);
    expect(findLeak(JSON.stringify([...response.headers]))).toBe(false);
    expect(response.headers.get('x-harmless')).toBe('kept');
    expect(response.headers.get('content-length')).toBe(String(text.length));
    expect(text).toMatch(/"next":"[^"]*access_token=\*+&page=2"/);
    expect(text).toMatch(/"plain":"\*+"/);
  });
});

describe('a caller that leaves or stalls', () => {
  it('before the token is there: nothing is sent', async () => {
    const fresh = await startTestRelay();
    const token = await tokenWithoutSignIn(fresh, userIdOf('ada'));
    fresh.tenant.faults.add('management', { delayMs: 1_000, times: 1 });
    const caller = new AbortController();
    const call = fresh.call(`${github}/_sample/echo`, token, {
      method: 'POST',
      body: 'x',
      signal: caller.signal,
    });
    await vi.waitFor(() => expect(fresh.tenant.faults.count('management')).toBe(1));
    caller.abort();
    await expect(call).rejects.toThrow();
    // Another call for the same user waits for the same read; when it is through, the first would have been.
    expect((await fresh.call(`${github}/user`, token)).status).toBe(200);
    expect(fresh.tenant.faults.count('idps', { pathPrefix: '/github/api/_sample' })).toBe(0);
  });

  it('in the middle of its body: the connection is broken off', async () => {
    const fresh = await startTestRelay({ idpIdleTimeoutMs: 300 });
    const token = await fresh.userToken('ada');
    const { port } = new URL(fresh.origin);
    const sent = httpRequest({
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: `${github}/_sample/echo`,
      headers: { authorization: `Bearer ${token}`, 'content-length': '100' },
    });
    const broken = new Promise((resolve) => sent.once('error', resolve));
    sent.write('xx');
    await expect(broken).resolves.toBeInstanceOf(Error);
  });

  it('reading the answer: the connection is broken off', async () => {
    const fresh = await startTestRelay({ idpIdleTimeoutMs: 300 });
    const token = await fresh.userToken('ada');
    const response = await fresh.call(`${github}/_sample/stream?bytes=200000000`, token);
    await vi.waitFor(() => expect(fresh.log.join('')).toContain('the caller hung up'), { timeout: 5_000 });
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  it('an upload that is answered early ends the connection, and is no reason to think that the caller left', async () => {
    const response = await relay.call(`${github}/_sample/too-large`, ada, {
      method: 'POST',
      body: Buffer.alloc(4_000_000),
    });
    expect(response.status).toBe(413);
    expect(response.headers.get('connection')).toBe('close');
  });
});

describe('bodies', () => {
  const size = 10_000_000;

  it('streams 10 MB down, and the memory stays flat', async () => {
    const before = process.memoryUsage().rss;
    const response = await relay.call(`${github}/_sample/stream?bytes=${size}`, ada);
    let length = 0;
    let largest = 0;
    for await (const chunk of response.body ?? []) {
      length += z.instanceof(Uint8Array).parse(chunk).length;
      largest = Math.max(largest, process.memoryUsage().rss);
    }
    expect(length).toBe(size);
    // Tenant, relay and caller share this process: a body held whole by each of them would show.
    expect(largest - before).toBeLessThan(80_000_000);
  });

  it('streams 10 MB up', async () => {
    const body = Buffer.alloc(size, 7);
    const response = await relay.call(`${github}/_sample/echo`, ada, { method: 'POST', body });
    expect(Echo.parse(await response.json()).body).toEqual({
      length: size,
      sha256: createHash('sha256').update(body).digest('hex'),
    });
  });

  it('hands chunks on as they come', async () => {
    const response = await relay.call(`${github}/_sample/stream?bytes=65536&pause_ms=150`, ada);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(z.instanceof(Uint8Array).parse(first?.value).length).toBeLessThan(65_536);
    await reader?.cancel();
  });

  it('ends the call at the IdP when the caller hangs up', async () => {
    const caller = new AbortController();
    const response = await relay.call(`${github}/_sample/stream?bytes=100000000&pause_ms=5`, ada, {
      signal: caller.signal,
    });
    await response.body?.getReader().read();
    caller.abort();
    await vi.waitFor(() => expect(relay.log.join('')).toContain('the caller hung up'));
  });
});

describe('paths', () => {
  /** fetch would clean the path up; this sends it as it is. */
  const raw = (path: string): Promise<{ status: number; body: string }> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(relay.origin);
      const sent = httpRequest(
        { host: '127.0.0.1', port, path, headers: { authorization: `Bearer ${ada}` } },
        (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        },
      );
      sent.on('error', reject).end();
    });

  it.each([
    '/../bitbucket/api/2.0/user',
    '/user/../../bitbucket/api',
    '/user/..',
    '/./user',
    '/%2e%2e/bitbucket/api',
    '/%2E%2E/x',
    '/.%2e/x',
    '/user%2frepos',
    '/user%2Frepos',
    '/user%5c..%5cx',
    '/user\\..\\x',
    '//evil.example/x',
    '/user//repos',
    '/@evil.example/x',
    '/user:pass@evil.example/x',
    '/%40evil.example/x',
    '/https://evil.example/x',
    '/http:evil.example',
    '/user%00',
    '/user%0d%0aHost:%20evil.example',
    '/user%252e%252e/x',
    '/user#fragment',
    '/user;a="b"<x>',
    '/x/..;/admin',
    '/..;a=b/admin',
    '/x/..%20/admin',
    '/%ef%bc%8e%ef%bc%8e/admin',
    '/user%ef%bc%8frepos',
    '/user%3fadmin',
    '/user%c2%80',
    '/user?access_token=somebody',
    '/user?a=1&oauth_token=somebody',
    '/user?_method=DELETE',
    '/user?a=1&%24httpMethod=DELETE',
  ])('%s is refused before anything is sent', async (path) => {
    const { status, body } = await raw(`${github}${path}`);
    expect([400, 404]).toContain(status);
    expect(body).toMatch(/"code":"(upstream_path_refused|route_not_found|request_invalid)"/);
    expect(idpCalls()).toBe(0);
  });

  it('an absolute request target reaches nothing', async () => {
    expect([400, 404]).toContain((await raw('http://evil.example/v1/me/idp/github/user')).status);
    expect(idpCalls()).toBe(0);
  });

  it('a broken percent-encoding is a problem document too', async () => {
    const { status, body } = await raw(`${github}/user%zz`);
    expect(status).toBe(400);
    expect(body).toContain('"code":"request_invalid"');
  });

  it.each([
    'method=delete',
    'a=1&%6Dethod=post',
    'METHOD=delete',
    '%20method=delete',
    '+method=delete',
    'method%00x=delete',
    'method[]=delete',
    '.method=delete',
  ])('?%s makes no other method of Facebook’s GET', async (query) => {
    const frances = await tokenWithoutSignIn(relay, userIdOf('frances'));
    const response = await relay.call(`/v1/me/idp/facebook/v24.0/me?${query}`, frances);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'upstream_path_refused' });
    expect(idpCalls()).toBe(0);
  });

  it('another base URL is reached only by name, and only when the policy has it', async () => {
    const fresh = await startTestRelay();
    const token = await fresh.userToken('ada');
    const bitbucket = `${fresh.tenant.origins.idpsHttps}/bitbucket/api`;
    const call = (path: string, baseUrl: string): Promise<Response> =>
      fresh.call(`${github}${path}`, token, { headers: { 'relay-base-url': baseUrl } });
    expect(await code(await call('/user', 'https://evil.example'))).toBe('base_url_unknown');
    expect(await code(await call('/user', bitbucket))).toBe('call_not_allowed_by_policy');
    expect(fresh.tenant.faults.count('idps', { pathPrefix: '/bitbucket' })).toBe(0);
    // The token is GitHub's, so the Bitbucket sample refuses it; but it was asked.
    await call('/2.0/user', bitbucket);
    expect(fresh.tenant.faults.count('idps', { pathPrefix: '/bitbucket' })).toBe(1);
  });
});

describe('policy', () => {
  it.each([
    ['client', `${github}/user`, clients.stranger],
    ['connection', '/v1/me/idp/unheard-of/x', clients.product],
    ['path', `${github}/admin`, clients.product],
  ])('names the %s that no rule covers', async (missing, path, clientId) => {
    const response = await relay.call(
      path,
      await relay.forge({ sub: userIdOf('ada'), azp: clientId, permissions: ['call:idp'] }),
    );
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      code: 'call_not_allowed_by_policy',
      missing_rule: { missing },
    });
    expect(relay.tenant.faults.count('management')).toBe(0);
    expect(idpCalls()).toBe(0);
  });
  it('names the method', async () => {
    const response = await relay.call('/v1/me/idp/windowslive/v1.0/me', ada, { method: 'DELETE' });
    expect(await response.json()).toMatchObject({ missing_rule: { missing: 'method', method: 'DELETE' } });
  });
  it('needs the permission, whatever the policy says', async () => {
    const response = await relay.call(`${github}/user`, await relay.userToken('nobody'));
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toContain('insufficient_scope');
    expect(await code(response)).toBe('permission_missing');
  });
});

describe('redirects', () => {
  const redirect = (to: string): Promise<Response> =>
    relay.call(`${github}/_sample/redirect?to=${encodeURIComponent(to)}`, ada);

  it('within the API are handed back as the relay’s own path', async () => {
    const response = await redirect(`${relay.tenant.origins.idpsHttps}/github/api/user?x=1`);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(`${github}/user?x=1`);
    expect(idpCalls()).toBe(1);
  });
  it('to elsewhere are handed back as they are', async () => {
    expect((await redirect('https://codeload.example/zip?sig=1')).headers.get('location')).toBe(
      'https://codeload.example/zip?sig=1',
    );
  });
  it('that tell where something was created are left out when they are out of bounds', async () => {
    const to = encodeURIComponent('http://insecure.example/');
    const response = await relay.call(`${github}/_sample/redirect?status=201&to=${to}`, ada);
    expect(response.status).toBe(201);
    expect(response.headers.has('location')).toBe(false);
  });
  it.each(['http://insecure.example/', 'javascript:alert(1)', 'https://user:pass@evil.example/', 'https://'])(
    'to %s are refused',
    async (to) => {
      const response = await redirect(to);
      expect(response.status).toBe(502);
      expect(response.headers.has('location')).toBe(false);
      expect(await code(response)).toBe('idp_redirect_refused');
    },
  );
  it('that hold the token are refused', async () => {
    const response = await relay.call(`${github}/_sample/redirect-with-token`, ada);
    expect(response.status).toBe(502);
    expect(await response.text()).not.toContain('cAnArY');
  });
});

describe('an IdP in trouble', () => {
  it('a broken connection: 502, asked once', async () => {
    const response = await relay.call(`${github}/_sample/drop`, ada);
    expect(response.status).toBe(502);
    expect(await code(response)).toBe('idp_unavailable');
    expect(idpCalls()).toBe(1);
  });
  it('silence: 504, asked once', async () => {
    const response = await relay.call(`${github}/_sample/slow?ms=4000`, ada);
    expect(response.status).toBe(504);
    expect(await code(response)).toBe('idp_timeout');
    expect(idpCalls()).toBe(1);
  });
  it('an answer that breaks off before its body: 502, with nothing of the IdP’s', async () => {
    const response = await relay.call(`${github}/_sample/drop?after=0`, ada);
    expect(response.status).toBe(502);
    expect(response.headers.get('relay-source')).toBe('relay');
    expect(response.headers.has('x-idp')).toBe(false);
    expect(await code(response)).toBe('idp_unavailable');
  });
  it('a status that HTTP does not know: 502', async () => {
    const response = await relay.call(`${github}/_sample/status-999`, ada);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ code: 'idp_unavailable', idp_status: 999 });
  });
  it('a check that the IdP does not answer in time: 504', async () => {
    const fresh = await startTestRelay({ requestDeadlineMs: 500 });
    const operator = await fresh.userToken('operator');
    fresh.tenant.faults.add('idps', { delayMs: 3_000, times: 1 });
    const path = `/v1/users/${encodeURIComponent(userIdOf('ada'))}/identities/github/check`;
    const response = await fresh.call(path, operator, { method: 'POST' });
    expect(response.status).toBe(504);
    expect(await code(response)).toBe('idp_timeout');
  });
  it('a short body that breaks off: the same, since it is read before it goes on', async () => {
    const response = await relay.call(`${github}/_sample/drop?after=100`, ada);
    expect(response.status).toBe(502);
    expect(await code(response)).toBe('idp_unavailable');
  });
  it('a long body that breaks off is broken off for the caller, too', async () => {
    const response = await relay.call(`${github}/_sample/drop?after=20000`, ada);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });
});

describe('a token that the IdP refuses', () => {
  it('revoked: one more read of the profile, then a problem with the verdict', async () => {
    const linus = await tokenWithoutSignIn(relay, userIdOf('linus'));
    const response = await relay.call(`${github}/user`, linus);
    expect(response.status).toBe(424);
    expect(await response.json()).toMatchObject({
      code: 'idp_token_revoked',
      sign_in_url: expect.stringContaining('/authorize?') as unknown,
      verdict: {
        state: 'revoked',
        reason: 'idp_refused',
        evidence: { idp_status: 401 },
        source: 'idp_answer',
      },
    });
    expect(idpCalls()).toBe(1);
    // The next call knows already: neither the IdP nor, within seconds, Auth0 is asked again.
    const reads = relay.tenant.faults.count('management');
    expect(await code(await relay.call(`${github}/user`, linus))).toBe('idp_token_revoked');
    expect(idpCalls()).toBe(1);
    expect(relay.tenant.faults.count('management')).toBe(reads);
  });

  it('replaced meanwhile by a new sign-in: the call is made again with the new one', async () => {
    const fresh = await startTestRelay();
    const token = await fresh.userToken('ada');
    expect((await fresh.call(`${github}/user`, token)).status).toBe(200);
    fresh.tenant.control.revokeToken({ user_id: userIdOf('ada'), connection: 'github' });
    const newer = await fresh.userToken('ada');
    const response = await fresh.call(`${github}/user`, newer);
    expect(response.status).toBe(200);
    // The refused call, its repetition, and before them the first one; profile reads by the tenant's own sign-in not counted.
    expect(fresh.tenant.faults.count('management', { pathPrefix: '/api/v2/users/' })).toBe(2);
  });

  it('replaced meanwhile, but the body is gone: the caller is told to send it again', async () => {
    const fresh = await startTestRelay();
    const token = await fresh.userToken('ada');
    await fresh.call(`${github}/user`, token);
    fresh.tenant.control.revokeToken({ user_id: userIdOf('ada'), connection: 'github' });
    const newer = await fresh.userToken('ada');
    const response = await fresh.call(`${github}/_sample/echo`, newer, { method: 'POST', body: 'x' });
    expect(response.status).toBe(409);
    expect(await code(response)).toBe('idp_token_replaced');
    const again = await fresh.call(`${github}/_sample/echo`, newer, { method: 'POST', body: 'x' });
    expect(again.status).toBe(200);
  });

  it('by status 400 and a field of the body, as Facebook does', async () => {
    const fresh = await startTestRelay();
    const frances = await fresh.userToken('frances');
    const other = await fresh.call('/v1/me/idp/facebook/_sample/status/400', frances);
    // Another 400 of Facebook's is handed on whole.
    expect(await other.json()).toEqual({ status: 400 });
    fresh.tenant.control.expireToken({ user_id: userIdOf('frances'), connection: 'facebook' });
    const response = await fresh.call('/v1/me/idp/facebook/v24.0/me', frances);
    expect(response.status).toBe(424);
    expect(await response.json()).toMatchObject({
      verdict: { state: 'revoked', evidence: { idp_status: 400 } },
    });
  });
});

describe('no token to call with', () => {
  it.each([
    ['grace', '/v1/me/idp/google-oauth2/oauth2/v3/userinfo', 424, 'idp_token_expired', 'renewable'],
    ['alan', '/v1/me/idp/google-oauth2/oauth2/v3/userinfo', 424, 'idp_token_expired', 'expired'],
    ['edsger', '/v1/me/idp/windowslive/v1.0/me', 424, 'idp_token_missing', 'missing'],
    ['radia', '/v1/me/idp/google-vault/user', 424, 'idp_token_in_vault', 'in_token_vault'],
    ['donald', '/v1/me/idp/acme-saml/user', 424, 'idp_token_not_applicable', 'not_applicable'],
  ])('%s: %s', async (handle, path, status, expectedCode, state) => {
    const response = await relay.call(path, await tokenWithoutSignIn(relay, userIdOf(handle)));
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code: expectedCode, verdict: { state } });
    expect(idpCalls()).toBe(0);
  });
  it('the sign-in that would mend it is in the answer', async () => {
    const alan = await tokenWithoutSignIn(relay, userIdOf('alan'));
    const response = await relay.call('/v1/me/idp/google-oauth2/oauth2/v3/userinfo', alan);
    const { sign_in_url: link } = z.looseObject({ sign_in_url: z.string() }).parse(await response.json());
    expect(Object.fromEntries(new URL(link).searchParams)).toMatchObject({
      connection: 'google-oauth2',
      access_type: 'offline',
      prompt: 'consent',
    });
  });
  it('a blocked user: 403', async () => {
    const response = await relay.call(`${github}/user`, await tokenWithoutSignIn(relay, userIdOf('mallory')));
    expect(response.status).toBe(403);
    expect(await code(response)).toBe('user_blocked');
  });
  it('several identities: 409 with their ids, and ?identity= chooses', async () => {
    const dennis = await tokenWithoutSignIn(relay, userIdOf('dennis'));
    const response = await relay.call(`${github}/user`, dennis);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      code: 'identity_ambiguous',
      identities: ['19690720', '19710311'],
    });
    const chosen = await relay.call(`${github}/user?identity=19710311`, dennis);
    expect(await chosen.json()).toMatchObject({ id: 19710311 });
  });
  it('a connection that the user does not have: 404 with those they have', async () => {
    const response = await relay.call('/v1/me/idp/bitbucket/2.0/user', ada);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      code: 'connection_not_linked',
      linked_connections: ['github', 'google-oauth2'],
    });
  });
  it('expiring and unknown tokens are used', async () => {
    const margaret = await tokenWithoutSignIn(relay, userIdOf('margaret'));
    expect((await relay.call('/v1/me/idp/google-oauth2/oauth2/v3/userinfo', margaret)).status).toBe(200);
    const katherine = await tokenWithoutSignIn(relay, userIdOf('katherine'));
    expect((await relay.call('/v1/me/idp/acme-crm/user', katherine)).status).toBe(200);
  });
});

describe('Auth0 in trouble', () => {
  it.each([
    [{ status: 429, headers: { 'retry-after': '30' } }, 503, 'management_rate_limited', '30'],
    [{ status: 500 }, 503, 'management_unavailable', null],
    [{ dropConnection: true }, 503, 'management_unavailable', null],
  ] as const)('%o', async (fault, status, expectedCode, retryAfter) => {
    const fresh = await startTestRelay();
    const token = await fresh.forge({
      sub: userIdOf('ada'),
      azp: clients.product,
      permissions: ['call:idp'],
    });
    fresh.tenant.faults.add('management', fault);
    const response = await fresh.call(`${github}/user`, token);
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(retryAfter);
    expect(await code(response)).toBe(expectedCode);
    expect(fresh.tenant.faults.count('idps')).toBe(0);
  });
  it('a grant without read:user_idp_tokens is named', async () => {
    const fresh = await startTestRelay();
    const grant = fresh.tenant.database.state.clientGrants.find(
      ({ client_id }) => client_id === clients.relay,
    );
    if (grant) grant.scope = ['read:users'];
    const response = await fresh.call(`${github}/user`, await tokenWithoutSignIn(fresh, userIdOf('ada')));
    expect(await response.json()).toMatchObject({
      code: 'idp_token_missing',
      verdict: { reason: 'management_scope_missing' },
    });
    expect(await (await fresh.call('/readyz')).json()).toMatchObject({
      ready: false,
      checks: { management_api: { detail: 'the client grant lacks read:user_idp_tokens' } },
    });
    if (grant) grant.scope = [];
    const without = await startTestRelay();
    const other = without.tenant.database.state.clientGrants.find(
      ({ client_id }) => client_id === clients.relay,
    );
    if (other) other.scope = ['read:clients'];
    const refused = await without.call(`${github}/user`, await tokenWithoutSignIn(without, userIdOf('ada')));
    expect(refused.status).toBe(502);
    expect(await code(refused)).toBe('management_forbidden');
  });
});
