import { expect, it } from 'vitest';
import { readAnswer, startTestTenant } from '../../test/requests.ts';

it.each([
  '/v2/logout?client_id=spa&client_id=spa',
  '/v2/logout?returnTo=a&returnTo=b',
  '/oidc/logout?state=a&state=b',
  '/oidc/logout?post_logout_redirect_uri=a&post_logout_redirect_uri=b',
  '/authorize?client_id=spa&client_id=spa',
  '/login/callback?state=a&state=b',
])('a repeated parameter is a page that says so: %s', async (path) => {
  const tenant = await startTestTenant();
  const response = await fetch(`${tenant.origins.tenantHttp}${path}`, { redirect: 'manual' });
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toContain('text/html');
});

it.each([
  ['malformed JSON', 'application/json', '{"grant_type":', 400],
  ['no JSON at all', 'application/json', '', 400],
  ['a kind of body that is not taken', 'application/xml', 'grant_type=password', 415],
  ['too long a body', 'application/json', JSON.stringify({ code: 'x'.repeat(2_000_000) }), 413],
])('/oauth/token answers %s as an OAuth error', async (_what, type, body, status) => {
  const tenant = await startTestTenant();
  const answer = await readAnswer(
    await fetch(`${tenant.origins.tenantHttp}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    }),
  );
  expect(answer.status).toBe(status);
  expect(Object.keys(answer.body)).toEqual(['error', 'error_description']);
  expect(answer.body.error).toBe('invalid_request');
});

it('a sample IdP takes a token that is named twice for none', async () => {
  const tenant = await startTestTenant();
  const path = '/google-oauth2/api/tokeninfo?access_token=a&access_token=b';
  expect((await fetch(`${tenant.origins.idpsHttp}${path}`)).status).toBe(400);
});
