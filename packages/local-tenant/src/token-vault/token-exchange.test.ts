import { describe, expect, it } from 'vitest';
import { apiClient, byAccessToken, notConnected, signInTo, startWithApi } from '../../test/api-client.ts';
import { callback, manage, managementToken, startTestTenant } from '../../test/requests.ts';
import { askGoogle, exchange, radia, registerClient, type VaultClient } from '../../test/vault-clients.ts';
import { signIn } from '../index.ts';

const refreshTokenType = 'urn:ietf:params:oauth:token-type:refresh_token';
const federatedType = 'http://auth0.com/oauth/token-type/federated-connection-access-token';

describe('an API exchanges its caller’s access token', () => {
  it('for the IdP’s access token', async () => {
    const { tenant, client, accessToken } = await startWithApi();
    const answer = await exchange(tenant, client, byAccessToken(accessToken));
    expect(answer.status).toBe(200);
    const { access_token: token, ...rest } = answer.body;
    expect(rest).toEqual({
      scope: 'openid email profile',
      expires_in: 3599,
      issued_token_type: federatedType,
      token_type: 'Bearer',
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await askGoogle(tenant, token)).toMatchObject({ sub: radia.idpUserId });
  });

  it('gets the same token until it ends, and a renewed one then', async () => {
    const { tenant, client, accessToken, pass } = await startWithApi();
    const first = await exchange(tenant, client, byAccessToken(accessToken));
    pass(1000);
    const again = await exchange(tenant, client, byAccessToken(accessToken));
    expect(again.body).toMatchObject({ access_token: first.body.access_token, expires_in: 2599 });
    pass(2599);
    const renewed = await exchange(tenant, client, byAccessToken(accessToken));
    expect(renewed).toMatchObject({ status: 200, body: { expires_in: 3599, scope: first.body.scope } });
    expect(renewed.body.access_token).not.toBe(first.body.access_token);
    expect(await askGoogle(tenant, renewed.body.access_token)).toMatchObject({ sub: radia.idpUserId });
  });

  it('has one renewal for exchanges at the same time', async () => {
    const { tenant, client, accessToken, pass } = await startWithApi();
    pass(3599);
    const answers = await Promise.all(
      [1, 2, 3].map(() => exchange(tenant, client, byAccessToken(accessToken))),
    );
    expect(new Set(answers.map(({ body }) => body.access_token)).size).toBe(1);
  });

  it('of one account among several by login_hint', async () => {
    const { tenant, client } = await startWithApi();
    await signInTo(tenant, { connection: 'google-vault', login: 'ada-2' });
    const token = await signInTo(tenant, { connection: 'google-vault', login: 'grace' });
    const linked = await manage(
      tenant,
      await managementToken(tenant),
      `/users/${encodeURIComponent('google-oauth2|108204268033311374519')}/identities`,
      { method: 'POST', body: { provider: 'google-oauth2', user_id: radia.idpUserId } },
    );
    expect(linked.status).toBe(201);
    for (const login_hint of [radia.idpUserId, '108204268033311374519']) {
      const answer = await exchange(tenant, client, byAccessToken(token, { login_hint }));
      expect(await askGoogle(tenant, answer.body.access_token)).toMatchObject({ sub: login_hint });
    }
    const ada = byAccessToken(token, { login_hint: '104861027348914657012' });
    expect(await exchange(tenant, client, ada)).toMatchObject(notConnected);
  });
});

describe('an app exchanges its own refresh token', () => {
  const setUpApp = async (settings: Readonly<Record<string, unknown>> = {}) => {
    let now = Date.now();
    const tenant = await startTestTenant({ clock: { now: () => now } });
    const client = await registerClient(tenant, { app_type: 'regular_web', refresh_token: settings });
    const login = await signIn({
      origin: tenant.origins.tenantHttp,
      clientId: client.client_id,
      clientSecret: client.client_secret,
      redirectUri: callback,
      scope: 'openid offline_access',
      as: radia.signIn,
    });
    const redeem = (token = login.refresh_token ?? '', by: VaultClient = client) =>
      exchange(tenant, by, { subject_token: token, subject_token_type: refreshTokenType });
    return { tenant, redeem, pass: (seconds: number) => (now += seconds * 1000) };
  };

  it('for the IdP’s access token, again and again', async () => {
    const { tenant, redeem } = await setUpApp();
    for (const _time of [1, 2]) {
      const answer = await redeem();
      expect(answer).toMatchObject({ status: 200, body: { issued_token_type: federatedType } });
      expect(await askGoogle(tenant, answer.body.access_token)).toMatchObject({ sub: radia.idpUserId });
    }
  });

  it('not with rotation on, which Token Vault does not take', async () => {
    const { redeem } = await setUpApp({ rotation_type: 'rotating', expiration_type: 'expiring' });
    expect(await redeem()).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('not with a token that is unknown, over, or another client’s', async () => {
    const { tenant, redeem, pass } = await setUpApp({
      rotation_type: 'non-rotating',
      expiration_type: 'expiring',
      token_lifetime: 100,
    });
    const refused = { status: 401, body: { error: 'invalid_grant' } };
    expect(await redeem('x')).toMatchObject(refused);
    const other = await registerClient(tenant, { name: 'other' });
    expect(await redeem(undefined, other)).toMatchObject(refused);
    pass(100);
    expect(await redeem()).toMatchObject(refused);
  });
});

it('a sample person’s tokens lie in the vault from the start', async () => {
  const tenant = await startTestTenant();
  const client = await registerClient(tenant, apiClient);
  const token = await signInTo(tenant, { connection: 'github', login: 'ada' });
  // Linking the sample person to somebody who signed in elsewhere leaves the seeded tokens untouched.
  await manage(tenant, await managementToken(tenant), '/users/github%7C1001/identities', {
    method: 'POST',
    body: { provider: 'google-oauth2', user_id: radia.idpUserId },
  });
  const answer = await exchange(tenant, client, byAccessToken(token));
  expect(answer.body.scope).toContain('https://www.googleapis.com/auth/calendar.readonly');
  expect(await askGoogle(tenant, answer.body.access_token)).toMatchObject({ sub: radia.idpUserId });
});
