import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { audience, callback, manage, managementToken, startTestTenant } from '../../test/requests.ts';
import { signIn, type LocalTenant } from '../index.ts';

const signInBy = (tenant: LocalTenant, connection: string, login: string) =>
  signIn({
    origin: tenant.origins.tenantHttp,
    clientId: 'spa',
    redirectUri: callback,
    audience,
    as: { connection, login },
  });
const userIdOf = (token: string): string => decodeJwt(token).sub ?? '';

describe('a connection that keeps its tokens in Token Vault', () => {
  it('leaves none in the identities', async () => {
    const tenant = await startTestTenant();
    const { access_token: token } = await signInBy(tenant, 'google-vault', 'radia');
    const userId = userIdOf(token);
    expect(userId).toBe('google-oauth2|101928374655647382910');
    const { json } = await manage(
      tenant,
      await managementToken(tenant),
      `/users/${encodeURIComponent(userId)}`,
    );
    expect(json).toMatchObject({ logins_count: 8 });
    expect(JSON.stringify(json)).not.toMatch(/cAnArY7f3q|expires_in|refresh_token/);
  });

  it('never makes a second user of a user_id that exists', async () => {
    const tenant = await startTestTenant();
    const { access_token: token } = await signInBy(tenant, 'google-vault', 'alan');
    expect(userIdOf(token)).toBe('google-oauth2|117351892654910220364');
    const q = `user_id:"${userIdOf(token)}"`;
    const { json } = await manage(
      tenant,
      await managementToken(tenant),
      `/users?${new URLSearchParams({ q }).toString()}`,
    );
    expect(json).toMatchObject([
      {
        name: 'Alan Turing',
        identities: [{ connection: 'google-oauth2' }, { connection: 'google-vault' }],
      },
    ]);
  });

  it('signs in the primary user of a linked identity', async () => {
    const tenant = await startTestTenant();
    const { access_token: token } = await signInBy(tenant, 'google-vault', 'ada-2');
    expect(userIdOf(token)).toBe('github|1001');
  });
});

describe('an IdP in trouble during a sign-in', () => {
  it.each([
    ['its profile endpoint is down', '/google-oauth2/api', { status: 503 }, 'server_error'],
    ['its profile endpoint hangs up', '/google-oauth2/api', { dropConnection: true }, 'server_error'],
    ['its profile endpoint refuses the token', '/google-oauth2/api', { status: 403 }, 'access_denied'],
    ['its token endpoint is down', '/google-oauth2/token', { status: 503 }, 'server_error'],
    ['its token endpoint hangs up', '/google-oauth2/token', { dropConnection: true }, 'server_error'],
  ])('%s: the client is told', async (_what, pathPrefix, fault, code) => {
    const tenant = await startTestTenant();
    tenant.faults.add('idps', { pathPrefix, ...fault });
    await expect(signInBy(tenant, 'google-oauth2', 'alan')).rejects.toMatchObject({ code });
  });
});
