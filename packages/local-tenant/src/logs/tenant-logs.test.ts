import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  audience,
  authorize,
  beginSignIn,
  callback,
  manage,
  managementToken,
  postToken,
  startTestTenant,
} from '../../test/requests.ts';
import { signIn, type LocalTenant } from '../index.ts';

const ada = '/users/github%7C1001';
const Ids = z.array(z.looseObject({ log_id: z.string(), type: z.string() }));
const typesOf = (tenant: LocalTenant): string[] => tenant.logs.map(({ type }) => type);
const signInAda = (tenant: LocalTenant, scope = 'openid') =>
  signIn({
    origin: tenant.origins.tenantHttp,
    clientId: 'spa',
    redirectUri: callback,
    audience,
    scope,
    as: { connection: 'github', login: 'ada' },
  });
const databaseUser = (tenant: LocalTenant) => {
  const user = tenant.database.state.users.find(({ password }) => password !== undefined);
  return { username: user?.email ?? '', password: user?.password ?? '', userId: user?.user_id };
};

describe('the log of logins', () => {
  it('has each login and exchange', async () => {
    const tenant = await startTestTenant();
    const { refresh_token: token = '' } = await signInAda(tenant, 'openid offline_access');
    const form = { grant_type: 'refresh_token', client_id: 'spa', refresh_token: token };
    await postToken(tenant, form);
    await postToken(tenant, form);
    await postToken(tenant, { ...form, refresh_token: 'nonsense' });
    await managementToken(tenant);
    expect(typesOf(tenant)).toEqual(['s', 'seacft', 'sertft', 'ferrt', 'fertft', 'seccft']);
    expect(tenant.logs[0]).toMatchObject({
      user_id: 'github|1001',
      user_name: 'ada@idp-relay.example',
      client_id: 'spa',
      client_name: 'spa',
      connection: 'github',
      strategy: 'github',
      strategy_type: 'social',
      ip: '127.0.0.1',
      audience,
    });
  });

  it('has a new user’s signup', async () => {
    const tenant = await startTestTenant();
    const { users } = tenant.database.state;
    users.splice(
      users.findIndex(({ user_id }) => user_id === 'github|1001'),
      1,
    );
    await signInAda(tenant);
    expect(typesOf(tenant)).toEqual(['ss', 's', 'seacft']);
  });

  it('has each failure, by its own code', async () => {
    const tenant = await startTestTenant();
    const { username, password, userId } = databaseUser(tenant);
    const { post } = await beginSignIn(tenant);
    await post({ username: 'nobody@x.example', password });
    await post({ username, password: 'wrong' });
    await authorize(tenant, { prompt: 'none' });
    tenant.control.setBlocked('github|1001', true);
    await expect(signInAda(tenant)).rejects.toThrow('user is blocked');
    const machine = { client_id: 'machine', client_secret: 'the-secret', audience };
    await postToken(tenant, { ...machine, grant_type: 'password', username, password: 'wrong' });
    await postToken(tenant, { grant_type: 'authorization_code', client_id: 'spa', code: 'nonsense' });
    expect(tenant.logs).toMatchObject([
      { type: 'fu', user_name: 'nobody@x.example' },
      { type: 'fp', user_id: userId, strategy_type: 'database' },
      { type: 'fsa', description: 'Login required' },
      { type: 'f', description: 'user is blocked', user_id: 'github|1001' },
      { type: 'fepft', user_name: username },
      { type: 'feacft', description: 'Invalid authorization code' },
    ]);
  });

  it('has logouts of whoever was signed in', async () => {
    const tenant = await startTestTenant();
    const { username, password, userId } = databaseUser(tenant);
    const { post } = await beginSignIn(tenant);
    const answer = await post({ username, password });
    const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
    const logout = (query: string) =>
      fetch(`${tenant.origins.tenantHttp}/v2/logout?client_id=spa${query}`, {
        headers: { cookie: cookie.join('; ') },
        redirect: 'manual',
      });
    await logout('&returnTo=http%3A%2F%2Flocalhost%3A9%2Fbye');
    await logout('');
    await logout('&returnTo=https%3A%2F%2Fevil.example');
    expect(tenant.logs).toMatchObject([
      { type: 's' },
      { type: 'slo', user_id: userId, client_id: 'spa' },
      { type: 'flo' },
    ]);
  });

  it('never holds a token or a secret', async () => {
    const tenant = await startTestTenant();
    const { refresh_token: token = '' } = await signInAda(tenant, 'openid offline_access');
    await postToken(tenant, { grant_type: 'refresh_token', client_id: 'spa', refresh_token: token });
    const { username, password } = databaseUser(tenant);
    const machine = { client_id: 'machine', client_secret: 'the-secret', audience };
    await postToken(tenant, { ...machine, grant_type: 'password', username, password });
    const management = await managementToken(tenant);
    const ask = (method: string, path: string, body: unknown) =>
      manage(tenant, management, path, { method, body });
    await ask('POST', '/clients', { name: 'x', client_metadata: { key: 'cAnArY' } });
    await ask('POST', '/log-streams', {
      type: 'http',
      sink: { httpEndpoint: 'http://localhost:1', httpAuthorization: 'Bearer cAnArY' },
    });
    await ask('POST', '/actions/actions', {
      name: 'a',
      supported_triggers: [{ id: 'post-login' }],
      secrets: [{ name: 'KEY', value: 'cAnArY' }],
    });
    await ask('PATCH', ada, { user_metadata: { token: 'cAnArY' } });
    expect(typesOf(tenant)).toEqual(expect.arrayContaining(['sapi', 'sepft', 'sertft']));
    expect(JSON.stringify(tenant.logs)).not.toMatch(/cAnArY|the-secret|sample-password|eyJ/);
  });
});

describe('the log of the Management API', () => {
  it('has what was changed, by whom, and the users who are gone', async () => {
    const tenant = await startTestTenant();
    const token = await managementToken(tenant);
    const ask = (method: string, path: string, body?: unknown) =>
      manage(tenant, token, path, { method, ...(body !== undefined && { body }) });
    const google = { provider: 'google-oauth2', user_id: '108204268033311374519' };
    await ask('GET', ada);
    await ask('PATCH', ada, { blocked: true });
    await ask('PATCH', ada, { nonsense: true });
    await ask('POST', `${ada}/identities`, google);
    await ask('DELETE', `${ada}/identities/google-oauth2/${google.user_id}`);
    await ask('DELETE', ada);
    await ask('DELETE', ada);
    await ask('GET', '/clients');
    const path = `/api/v2${ada}`;
    expect(tenant.logs.filter(({ type }) => type !== 'seccft')).toMatchObject([
      {
        type: 'sapi',
        description: 'Update a User',
        client_id: tenant.bootstrap.clientId,
        details: {
          request: { method: 'patch', path, channel: 'api', body: { blocked: true } },
          response: { statusCode: 200, body: { user_id: 'github|1001', blocked: true } },
        },
      },
      {
        type: 'sapi',
        description: 'Link a User Account',
        details: { request: { path: `${path}/identities`, body: google }, response: { statusCode: 201 } },
      },
      {
        type: 'sapi',
        description: 'Unlink a User Identity',
        details: {
          request: { method: 'delete', path: `${path}/identities/google-oauth2/${google.user_id}` },
        },
      },
      { type: 'sdu', user_id: 'github|1001', details: { body: { connection: 'github' } } },
      { type: 'sapi', description: 'Delete a User', details: { request: { method: 'delete', path } } },
      { type: 'sapi', description: 'Delete a User' },
      { type: 'mgmt_api_read', details: { accessedSecrets: ['client_secret'] } },
    ]);
  });
});

describe('GET /logs', () => {
  it('goes from checkpoint to checkpoint, oldest first, and by page, newest first', async () => {
    const tenant = await startTestTenant();
    const token = await managementToken(tenant, ['read:logs', 'update:users']);
    const read = (query: string) => manage(tenant, token, `/logs${query}`);
    for (const blocked of [true, false])
      await manage(tenant, token, ada, { method: 'PATCH', body: { blocked } });
    const all = tenant.logs.map(({ log_id: id }) => id);
    expect(all).toEqual(all.toSorted());
    const idsOf = (json: unknown): string[] => Ids.parse(json).map(({ log_id: id }) => id);
    const first = idsOf((await read('?take=2')).json);
    expect(first).toEqual(all.slice(0, 2));
    expect(idsOf((await read(`?from=${first[1] ?? ''}&take=2`)).json)).toEqual(all.slice(2));
    expect(idsOf((await read(`?from=${all.at(-1) ?? ''}`)).json)).toEqual([]);
    expect(idsOf((await read('?per_page=2')).json)).toEqual(all.toReversed().slice(0, 2));
    expect(idsOf((await read('?sort=date:1&per_page=1&page=1')).json)).toEqual([all[1]]);
    expect(idsOf((await read('?q=type:sapi')).json)).toEqual(all.slice(1).toReversed());
    const totals = await read('?include_totals=true&per_page=1&fields=type,description');
    expect(totals.body).toEqual({
      logs: [{ type: 'sapi', description: 'Update a User' }],
      start: 0,
      limit: 1,
      length: 1,
      total: 3,
    });
    expect((await read(`/${all[0] ?? ''}`)).body).toMatchObject({ type: 'seccft', log_id: all[0] });
    expect((await read('/900')).status).toBe(404);
    expect((await read('?from=nonsense')).body).toMatchObject({ errorCode: 'invalid_query_string' });
    const refused = await manage(tenant, await managementToken(tenant, ['read:users']), '/logs');
    expect(refused.body.message).toBe('Insufficient scope, expected any of: read:logs,read:logs_users');
  });
});
