import { describe, expect, it } from 'vitest';
import { apiClient, byAccessToken, notConnected, signInTo, startWithApi } from '../../test/api-client.ts';
import { manage, managementToken } from '../../test/requests.ts';
import { askGoogle, exchange, radia, registerClient } from '../../test/vault-clients.ts';

describe('the exchange of an access token is refused', () => {
  it.each([
    ['a token that is none', 'x.y.z', {}, 401, 'invalid_grant'],
    ['no token', '', {}, 400, 'invalid_request'],
    ['no connection', undefined, { connection: '' }, 400, 'invalid_request'],
    ['an unknown connection', undefined, { connection: 'nowhere' }, 400, 'invalid_request'],
    ['an unknown subject token type', undefined, { subject_token_type: 'x' }, 400, 'invalid_request'],
    ['an unknown requested type', undefined, { requested_token_type: 'x' }, 400, 'invalid_request'],
    ['a wrong secret', undefined, { client_secret: 'wrong' }, 401, 'access_denied'],
  ])('for %s', async (_what, token, form, status, error) => {
    const { tenant, client, accessToken } = await startWithApi();
    const answer = await exchange(tenant, client, byAccessToken(token ?? accessToken, form));
    expect(answer).toMatchObject({ status, body: { error } });
  });

  it('for a token that has ended', async () => {
    const { tenant, client, accessToken, pass } = await startWithApi();
    pass(3600);
    const answer = await exchange(tenant, client, byAccessToken(accessToken));
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_grant' } });
  });

  it.each([
    ['lacks the grant type', { ...apiClient, grant_types: ['client_credentials'] }],
    ['is linked to another API', { ...apiClient, resource_server_identifier: 'https://other.example' }],
    ['is linked to no API', { app_type: 'regular_web' }],
    ['is public', { ...apiClient, token_endpoint_auth_method: 'none' }],
    ['is a third party’s', { ...apiClient, is_first_party: false }],
    ['is not OIDC conformant', { ...apiClient, oidc_conformant: false }],
  ])('for a client that %s', async (_what, fields) => {
    const { tenant, accessToken } = await startWithApi();
    const client = await registerClient(tenant, fields);
    const answer = await exchange(tenant, client, byAccessToken(accessToken));
    expect(answer).toMatchObject({ status: 403, body: { error: 'unauthorized_client' } });
  });

  it('for a user without an account of that connection', async () => {
    const { tenant, client } = await startWithApi();
    const ada = await signInTo(tenant, { connection: 'github', login: 'ada' });
    expect(await exchange(tenant, client, byAccessToken(ada))).toMatchObject(notConnected);
  });

  it('for a connection that does not keep its tokens in the vault', async () => {
    const { tenant, client } = await startWithApi();
    const ada = await signInTo(tenant, { connection: 'github', login: 'ada' });
    const answer = await exchange(tenant, client, byAccessToken(ada, { connection: 'github' }));
    expect(answer).toMatchObject(notConnected);
  });

  it('for a user who is gone, or was blocked', async () => {
    const { tenant, client, accessToken } = await startWithApi();
    tenant.control.setBlocked(radia.userId, true);
    const blocked = await exchange(tenant, client, byAccessToken(accessToken));
    expect(blocked).toMatchObject({ status: 403, body: { error: 'unauthorized' } });
    const path = `/users/${encodeURIComponent(radia.userId)}`;
    await manage(tenant, await managementToken(tenant), path, { method: 'DELETE' });
    expect(await exchange(tenant, client, byAccessToken(accessToken))).toMatchObject(notConnected);
  });

  it('when the IdP no longer takes the vault’s refresh token', async () => {
    const { tenant, client, accessToken, pass } = await startWithApi();
    const issued = tenant.database.state.sampleIdps.tokens.filter(
      ({ accountId }) => accountId === radia.idpUserId,
    );
    for (const token of issued) token.revoked = true;
    // Nobody told the vault: what has not ended is given out still.
    const live = await exchange(tenant, client, byAccessToken(accessToken));
    expect(live.status).toBe(200);
    expect(await askGoogle(tenant, live.body.access_token)).toBe(401);
    pass(3599);
    expect(await exchange(tenant, client, byAccessToken(accessToken))).toMatchObject({
      status: 401,
      body: { error: 'federated_connection_refresh_token_flow_failed' },
    });
  });

  it('when there is no refresh token, once the access token has ended', async () => {
    const { tenant, client, pass } = await startWithApi();
    const alan = await signInTo(
      tenant,
      { connection: 'google-vault', login: 'alan' },
      { accessType: 'online' },
    );
    expect((await exchange(tenant, client, byAccessToken(alan))).status).toBe(200);
    pass(3599);
    expect(await exchange(tenant, client, byAccessToken(alan))).toMatchObject(notConnected);
  });

  it('while the IdP is down, and works again when it is back', async () => {
    const { tenant, client, accessToken, pass } = await startWithApi();
    pass(3599);
    tenant.faults.add('idps', { pathPrefix: '/google-oauth2/token', status: 503 });
    expect(await exchange(tenant, client, byAccessToken(accessToken))).toMatchObject({
      status: 503,
      body: { error: 'temporarily_unavailable' },
    });
    tenant.faults.clear();
    expect((await exchange(tenant, client, byAccessToken(accessToken))).status).toBe(200);
  });

  it('after the tenant forgot the tokens', async () => {
    const { tenant, client, accessToken } = await startWithApi();
    tenant.control.dropToken({ user_id: radia.userId, connection: 'google-vault' });
    expect(await exchange(tenant, client, byAccessToken(accessToken))).toMatchObject(notConnected);
  });
});
