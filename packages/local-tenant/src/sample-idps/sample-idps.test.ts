import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestTenant } from '../../test/requests.ts';
import type { LocalTenant } from '../index.ts';
import { sampleIdpClient } from './sample-idp-store.ts';

const tokenOf = (tenant: LocalTenant, strategy: string) => {
  const token = tenant.database.state.sampleIdps.tokens.find(
    (candidate) =>
      candidate.strategy === strategy && !candidate.revoked && (candidate.expiresAt ?? Infinity) > Date.now(),
  );
  if (token === undefined) throw new Error(`no live token of ${strategy}`);
  return token;
};
const get = (tenant: LocalTenant, path: string, token?: string) =>
  fetch(
    `${tenant.origins.idpsHttps}${path}`,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );
const profiles = [
  ['github', '/github/api/user', 401, { message: 'Bad credentials' }],
  ['google-oauth2', '/google-oauth2/api/oauth2/v3/userinfo', 401, { error: { status: 'UNAUTHENTICATED' } }],
  ['facebook', '/facebook/api/v24.0/me', 400, { error: { code: 190, type: 'OAuthException' } }],
  ['windowslive', '/windowslive/api/v1.0/me', 401, { error: { code: 'InvalidAuthenticationToken' } }],
  ['bitbucket', '/bitbucket/api/2.0/user', 401, { type: 'error' }],
] as const;

describe.each(profiles)('%s', (strategy, path, status, body) => {
  it('takes its own live tokens, and says in its own words when one is dead', async () => {
    const tenant = await startTestTenant();
    const token = tokenOf(tenant, strategy);
    expect((await get(tenant, path, token.accessToken)).status).toBe(200);
    token.revoked = true;
    const revoked = await get(tenant, path, token.accessToken);
    expect(revoked.status).toBe(status);
    expect(await revoked.json()).toMatchObject(body);
    token.revoked = false;
    token.expiresAt = Date.now() - 1;
    expect((await get(tenant, path, token.accessToken)).status).toBe(status);
    for (const [other] of profiles.filter(([name]) => name !== strategy)) {
      expect((await get(tenant, path, tokenOf(tenant, other).accessToken)).status).toBe(status);
    }
    expect((await get(tenant, path)).status).toBe(status);
  });
});

it.each([
  ['github', '/github/api/user/repos', ['repo'], 403],
  [
    'google-oauth2',
    '/google-oauth2/api/calendar/v3/users/me/calendarList',
    ['https://www.googleapis.com/auth/calendar.readonly'],
    403,
  ],
  ['windowslive', '/windowslive/api/v1.0/me/messages', ['Mail.Read'], 403],
  ['bitbucket', '/bitbucket/api/2.0/repositories/x', ['repository'], 403],
  ['facebook', '/facebook/api/v24.0/me/accounts', ['pages_show_list'], 403],
])('%s checks scopes', async (strategy, path, scopes, status) => {
  const tenant = await startTestTenant();
  const token = tokenOf(tenant, strategy);
  token.scope = ['something-else'];
  expect((await get(tenant, path, token.accessToken)).status).toBe(status);
  token.scope = [...scopes];
  expect((await get(tenant, path, token.accessToken)).status).toBe(200);
});

describe('refresh tokens', () => {
  const Answer = z.looseObject({
    access_token: z.string().optional(),
    refresh_token: z.string().optional(),
    error: z.string().optional(),
  });
  const refresh = async (
    tenant: LocalTenant,
    strategy: 'bitbucket' | 'google-oauth2' | 'windowslive',
    path: string,
    refreshToken: string,
  ) => {
    const { clientId, clientSecret } = sampleIdpClient(strategy);
    const isBasic = strategy === 'bitbucket';
    const response = await fetch(`${tenant.origins.idpsHttps}${path}`, {
      method: 'POST',
      headers: isBasic
        ? { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` }
        : {},
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        ...(!isBasic && { client_id: clientId, client_secret: clientSecret }),
      }),
    });
    return Answer.parse(await response.json());
  };
  it('Bitbucket’s rotate, and a second use ends the whole login', async () => {
    const tenant = await startTestTenant();
    const first = tokenOf(tenant, 'bitbucket').refreshToken ?? '';
    const path = '/bitbucket/site/oauth2/access_token';
    const renewed = await refresh(tenant, 'bitbucket', path, first);
    expect(renewed.refresh_token).not.toBe(first);
    expect((await get(tenant, '/bitbucket/api/2.0/user', renewed.access_token)).status).toBe(200);
    expect((await refresh(tenant, 'bitbucket', path, first)).error).toBe('invalid_grant');
    expect((await get(tenant, '/bitbucket/api/2.0/user', renewed.access_token)).status).toBe(401);
    expect((await refresh(tenant, 'bitbucket', path, renewed.refresh_token ?? '')).error).toBe(
      'invalid_grant',
    );
  });
  it('Google’s stay the same and are not repeated', async () => {
    const tenant = await startTestTenant();
    const token = tenant.database.state.sampleIdps.tokens.find(
      ({ refreshToken, strategy }) => strategy === 'google-oauth2' && refreshToken !== undefined,
    );
    for (let use = 0; use < 2; use += 1) {
      const renewed = await refresh(
        tenant,
        'google-oauth2',
        '/google-oauth2/token',
        token?.refreshToken ?? '',
      );
      expect(renewed.access_token).toBeDefined();
      expect(renewed.refresh_token).toBeUndefined();
    }
  });
});

describe('the login page', () => {
  const authorize = (tenant: LocalTenant, changed: Record<string, string>) => {
    const { clientId } = sampleIdpClient('github');
    const query = {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: `${tenant.origins.tenantHttp}/login/callback`,
      scope: 'repo',
      state: 'x',
      ...changed,
    };
    return fetch(
      `${tenant.origins.idpsHttp}/github/login/oauth/authorize?${new URLSearchParams(query).toString()}`,
      { redirect: 'manual' },
    );
  };
  it('never redirects to strangers', async () => {
    const tenant = await startTestTenant();
    for (const changed of [{ redirect_uri: 'https://evil.example/' }, { client_id: 'nobody' }]) {
      const response = await authorize(tenant, changed);
      expect(response.status).toBe(400);
      expect(response.headers.has('location')).toBe(false);
    }
  });
  it('escapes what it repeats, and can be denied', async () => {
    const tenant = await startTestTenant();
    const page = await (await authorize(tenant, { login_hint: '"><script>', scope: '<img>' })).text();
    expect(page).not.toMatch(/<script>|<img>/);
    const transaction = /name="transaction" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const denied = await fetch(`${tenant.origins.idpsHttp}/github/login/oauth/authorize`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ transaction, decision: 'deny' }),
    });
    expect(denied.headers.get('location')).toContain('error=access_denied&state=x');
  });
});

it('streams any number of bytes', async () => {
  const tenant = await startTestTenant();
  const response = await get(
    tenant,
    '/github/api/_sample/stream?bytes=3000000',
    tokenOf(tenant, 'github').accessToken,
  );
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(bytes.length).toBe(3_000_000);
  expect(bytes[2_999_999]).toBe(2_999_999 % 251);
});

describe('introspection', () => {
  const ask = (tenant: LocalTenant, token: string, secret = sampleIdpClient('bitbucket').clientSecret) =>
    fetch(`${tenant.origins.idpsHttps}/bitbucket/site/oauth2/introspect`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${sampleIdpClient('bitbucket').clientId}:${secret}`).toString('base64')}`,
      },
      body: new URLSearchParams({ token }),
    });

  it('tells the tenant’s client of live and dead tokens', async () => {
    const tenant = await startTestTenant();
    const token = tokenOf(tenant, 'bitbucket');
    expect(await (await ask(tenant, token.accessToken)).json()).toMatchObject({
      active: true,
      scope: token.scope.join(' '),
      exp: Math.floor((token.expiresAt ?? 0) / 1000),
      sub: token.accountId,
    });
    token.revoked = true;
    expect(await (await ask(tenant, token.accessToken)).json()).toEqual({ active: false });
    const ofAnother = tokenOf(tenant, 'google-oauth2').accessToken;
    expect(await (await ask(tenant, ofAnother)).json()).toEqual({ active: false });
  });

  it('tells nobody else', async () => {
    const tenant = await startTestTenant();
    const response = await ask(tenant, tokenOf(tenant, 'bitbucket').accessToken, 'wrong');
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: 'invalid_client' });
  });
});
