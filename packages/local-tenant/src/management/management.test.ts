import { ManagementClient } from 'auth0';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { manage, managementToken, startTestTenant } from '../../test/requests.ts';

const ada = '/users/github%7C1001';
const Users = z.array(z.looseObject({ user_id: z.string(), name: z.string() }));

describe('IdP tokens', () => {
  it('are in the identities under read:user_idp_tokens, and nowhere without it', async () => {
    const tenant = await startTestTenant();
    const both = await manage(
      tenant,
      await managementToken(tenant, ['read:users', 'read:user_idp_tokens']),
      ada,
    );
    expect(JSON.stringify(both.json)).toContain('cAnArY7f3q');
    for (const path of [ada, '/users', '/users?fields=identities', `${ada}?fields=identities`]) {
      const one = await manage(tenant, await managementToken(tenant, ['read:users']), path);
      expect(one.status).toBe(200);
      expect(JSON.stringify(one.json)).not.toMatch(/cAnArY7f3q|expires_in|refresh_token/);
    }
  });
  it('never come with passwords or roles', async () => {
    const tenant = await startTestTenant();
    const all = await manage(tenant, await managementToken(tenant), '/users?per_page=100');
    expect(JSON.stringify(all.json)).not.toMatch(/"password"|"roles"|sample-password/);
  });
});

describe('errors in Auth0’s shape', () => {
  it.each([
    ['no token', '', ada, 401, { error: 'Unauthorized' }],
    ['a bad token', 'e30.e30.e30', ada, 401, { message: 'Invalid token' }],
    ['a user who is not there', undefined, '/users/github%7C0', 404, { errorCode: 'inexistent_user' }],
    ['an id that is none', undefined, '/users/x', 400, { errorCode: 'invalid_uri' }],
    ['a query that is none', undefined, '/users?q=name:(', 400, { errorCode: 'invalid_query_string' }],
    ['too large a page', undefined, '/users?per_page=101', 400, { errorCode: 'invalid_query_string' }],
    ['a place that is not there', undefined, '/nowhere', 404, { error: 'Not Found' }],
  ])('%s', async (_what, token, path, status, body) => {
    const tenant = await startTestTenant();
    const answer = await manage(tenant, token ?? (await managementToken(tenant)), path);
    expect(answer).toMatchObject({ status, body: { statusCode: status, ...body } });
  });
  it('a missing scope is named', async () => {
    const tenant = await startTestTenant();
    const answer = await manage(tenant, await managementToken(tenant, ['read:clients']), ada);
    expect(answer).toMatchObject({
      status: 403,
      body: {
        errorCode: 'insufficient_scope',
        message: 'Insufficient scope, expected any of: read:users,read:current_user,read:user_idp_tokens',
      },
    });
  });
});

describe('search', () => {
  it.each([
    ['name:"Ada Lovelace"', ['Ada Lovelace']],
    ['name:ada*', ['Ada Lovelace']],
    ['email:*hopper* OR email:grace@*', ['Grace Hopper']],
    ['identities.connection:"facebook"', ['Frances Allen']],
    ['identities.provider:samlp AND name:Donald*', ['Donald Knuth']],
    ['blocked:true', ['Mallory Blocked']],
    ['blocked:true AND NOT name:Mallory*', []],
    ['(name:ada* OR name:grace*) AND -email:ada*', ['Grace Hopper']],
    ['_exists_:blocked', ['Mallory Blocked']],
    ['last_login:[2999-01-01 TO *]', []],
    ['user_id:"github|1001"', ['Ada Lovelace']],
    ['name:a\\*', []],
    ['lovelace', []],
    ['*lovelace', ['Ada Lovelace']],
  ])('%s', async (q, names) => {
    const tenant = await startTestTenant();
    const { json } = await manage(
      tenant,
      await managementToken(tenant),
      `/users?${new URLSearchParams({ q }).toString()}`,
    );
    expect(Users.parse(json).map(({ name }) => name)).toEqual(names);
  });
});

describe('the auth0 SDK', () => {
  it('reads users page by page, clients and roles', async () => {
    const tenant = await startTestTenant();
    const management = new ManagementClient({ domain: tenant.domain, ...tenant.bootstrap });
    const ids: string[] = [];
    for await (const user of await management.users.list({ per_page: 5 })) ids.push(user.user_id ?? '');
    expect(new Set(ids).size).toBe(tenant.database.state.users.length);
    const clients: string[] = [];
    for await (const client of await management.clients.list()) clients.push(client.client_id ?? '');
    expect(clients).toContain('spa');
    await management.users.roles.assign('github|1001', { roles: ['rol_user'] });
    expect((await management.users.get('github|1001')).name).toBe('Ada Lovelace');
  });
});

describe('linking', () => {
  it('moves identities to the primary user and back', async () => {
    const tenant = await startTestTenant();
    const token = await managementToken(tenant);
    const linked = await manage(tenant, token, `${ada}/identities`, {
      method: 'POST',
      body: { provider: 'google-oauth2', user_id: '108204268033311374519' },
    });
    expect(linked.status).toBe(201);
    expect((await manage(tenant, token, '/users/google-oauth2%7C108204268033311374519')).status).toBe(404);
    const unlinked = await manage(tenant, token, `${ada}/identities/google-oauth2/108204268033311374519`, {
      method: 'DELETE',
    });
    expect(unlinked.status).toBe(200);
    expect((await manage(tenant, token, '/users/google-oauth2%7C108204268033311374519')).status).toBe(200);
  });
});

it('client secrets are for those who may read client keys', async () => {
  const tenant = await startTestTenant();
  const without = await manage(tenant, await managementToken(tenant, ['read:clients']), '/clients');
  expect(JSON.stringify(without.json)).not.toMatch(/"client_secret"|the-secret/);
  const withKeys = await manage(
    tenant,
    await managementToken(tenant, ['read:clients', 'read:client_keys']),
    '/clients',
  );
  expect(JSON.stringify(withKeys.json)).toContain('the-secret');
});

describe('the rate limit', () => {
  it('of a free tenant is two requests a second, told by Auth0’s headers', async () => {
    let now = Date.now();
    const tenant = await startTestTenant({ plan: 'free', clock: { now: () => now } });
    const token = await managementToken(tenant);
    const statuses = [];
    for (let request = 0; request < 4; request += 1) statuses.push(await manage(tenant, token, ada));
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429, 429]);
    expect(statuses[0]?.headers.get('x-ratelimit-limit')).toBe('2');
    expect(statuses[1]?.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(statuses[2]?.headers.get('retry-after')).toBe('1');
    expect(statuses[2]?.body).toMatchObject({ statusCode: 429, errorCode: 'too_many_requests' });
    now += 500;
    expect((await manage(tenant, token, ada)).status).toBe(200);
    tenant.control.setRateLimitPlan('unlimited');
    expect((await manage(tenant, token, ada)).status).toBe(200);
  });
});

describe('the control interface', () => {
  it('does what it says, for programs and not for web pages', async () => {
    const tenant = await startTestTenant();
    const post = (path: string, body: unknown, headers = {}) =>
      fetch(`${tenant.controlOrigin}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    expect((await post('/tokens/drop', { user_id: 'github|1001', connection: 'github' })).status).toBe(204);
    expect(
      tenant.database.state.users.find(({ user_id }) => user_id === 'github|1001')?.identities[0],
    ).not.toHaveProperty('access_token');
    expect((await post('/tokens/drop', { user_id: 'github|0', connection: 'github' })).status).toBe(404);
    expect((await post('/tokens/melt', {})).status).toBe(400);
    expect(
      (
        await post(
          '/users/blocked',
          { user_id: 'github|1001', blocked: true },
          { origin: 'https://evil.example' },
        )
      ).status,
    ).toBe(403);
    expect((await post('/faults', { service: 'management', status: 500, times: 1 })).status).toBe(204);
    expect((await manage(tenant, await managementToken(tenant), ada)).status).toBe(500);
    const counted = await fetch(`${tenant.controlOrigin}/requests?service=management`);
    expect(await counted.json()).toEqual({ count: 1 });
    expect((await post('/signing-keys/rotate', { revoke_previous: true })).status).toBe(204);
    expect(tenant.database.state.signingKeys).toHaveLength(1);
  });
});
