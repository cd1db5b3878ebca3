import { canary, followSignInLink } from '@idp-relay/local-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestRelay, userIdOf, type TestRelay } from '../../test/test-relay.ts';
import { luceneQuery } from './user-search.ts';
import { z } from 'zod';

const Users = z.object({
  users: z.array(z.looseObject({ user_id: z.string(), name: z.string() })),
  total: z.number(),
  searched: z.number(),
  matching: z.number(),
});

let relay: TestRelay;
let operator: string;
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => {
  relay = await startTestRelay({}, (end) => ends.push(end));
  operator = await relay.userToken('operator');
});
afterAll(() => Promise.all(ends.map((end) => end())));

const search = async (q: string) => {
  const response = await relay.call(`/v1/users?${new URLSearchParams({ q }).toString()}`, operator);
  expect(response.status).toBe(200);
  return Users.parse(await response.json());
};

describe('finding users', () => {
  it.each([
    ['Ada', ['Ada Lovelace']],
    ['ada@idp-relay', ['Ada Lovelace']],
    ['GRACE@idp-relay.example', ['Grace Hopper']],
    ['github|1001', ['Ada Lovelace']],
    ['no such person', []],
    ['*', []],
    ['name:*) OR (email:*', []],
    ['"', []],
    ['\\', []],
  ])('%s', async (q, names) => {
    expect((await search(q)).users.map(({ name }) => name)).toEqual(names);
  });

  it('pages, and refuses pages that Auth0 would not give', async () => {
    const response = await relay.call('/v1/users?per_page=5&page=1', operator);
    expect(await response.json()).toMatchObject({ page: 1, per_page: 5, total: 16 });
    const refused = await relay.call('/v1/users?per_page=500', operator);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      code: 'request_invalid',
      errors: [{ pointer: 'querystring/per_page' }],
    });
  });

  it('escapes whatever is typed', () => {
    expect(luceneQuery('a:b (c)')).toContain('name:a\\:b*');
    expect(luceneQuery('say "hi"')).toContain('user_id:"say \\"hi\\""');
  });
});

describe('the state of each identity', () => {
  const list = async (query: Record<string, string>) => {
    const response = await relay.call(`/v1/users?${new URLSearchParams(query).toString()}`, operator);
    const text = await response.text();
    expect(text).not.toContain(canary);
    return Users.parse(JSON.parse(text));
  };
  const namesOf = ({ users }: z.infer<typeof Users>): string[] => users.map(({ name }) => name).sort();

  it('is in the row, read from the same answer', async () => {
    relay.tenant.faults.resetCounts();
    expect((await list({ q: 'ada' })).users[0]).toMatchObject({
      identities: [
        { connection: 'github', display_name: 'GitHub', state: 'usable', callable: true },
        { connection: 'google-oauth2', state: 'usable' },
      ],
    });
    expect(relay.tenant.faults.count('management', { method: 'GET' })).toBe(1);
  });

  it.each<[Record<string, string>, string[]]>([
    [{ state: 'in_token_vault' }, ['Radia Perlman']],
    [{ state: 'expiring', connection: 'google-oauth2' }, ['Margaret Hamilton']],
    [{ state: 'missing', connection: 'github' }, []],
    [{ connection: 'acme-crm' }, ['Katherine Johnson']],
    [{ connection: 'github', q: 'dennis' }, ['Dennis Ritchie']],
    [{ connection: 'github" OR "x' }, []],
  ])('filters by %o', async (query, names) => {
    expect(namesOf(await list(query))).toEqual(names);
  });

  it('a search by state says how far it looked, and pages what it found', async () => {
    const all = await list({ state: 'usable' });
    expect(all).toMatchObject({ searched: 16, matching: 16 });
    expect(all.total).toBe(all.users.length);
    const second = await list({ state: 'usable', per_page: '2', page: '1' });
    expect(second.users).toEqual(all.users.slice(2, 4));
    expect((await relay.call('/v1/users?state=fine', operator)).status).toBe(400);
  });
});

describe('the link that mends a token', () => {
  const User = z.object({
    identities: z.array(
      z.object({ sign_in_url: z.string().optional(), verdict: z.looseObject({ state: z.string() }) }),
    ),
  });
  const inspect = async (handle: string) => {
    const path = `/v1/users/${encodeURIComponent(userIdOf(handle))}/identities`;
    return User.parse(await (await relay.call(path, operator)).json()).identities[0];
  };

  it('asks for the scopes that are lacking, and the sign-in brings them', async () => {
    const check = `/v1/users/${encodeURIComponent(userIdOf('barbara'))}/identities/github/check`;
    await relay.call(check, operator, { method: 'POST' });
    const before = await inspect('barbara');
    expect(before?.verdict.state).toBe('insufficient_scope');
    const link = before?.sign_in_url ?? '';
    expect(new URL(link).searchParams.get('connection_scope')).toBe('repo');
    const back = await followSignInLink(link, { connection: 'github', login: 'barbara' });
    expect(back.searchParams.has('code')).toBe(true);
    await relay.call(check, operator, { method: 'POST' });
    expect((await inspect('barbara'))?.verdict.state).toBe('usable');
  });

  it('asks for a refresh token where none is stored and the IdP has them', async () => {
    const link = new URL((await inspect('alan'))?.sign_in_url ?? '');
    expect(Object.fromEntries(link.searchParams)).toMatchObject({
      client_id: 'productClient',
      connection: 'google-oauth2',
      access_type: 'offline',
      prompt: 'consent',
      login_hint: 'alan@idp-relay.example',
    });
    const renewable = new URL((await inspect('grace'))?.sign_in_url ?? '');
    expect(renewable.searchParams.has('access_type')).toBe(false);
  });

  it('is not there where a sign-in gives no token', async () => {
    expect((await inspect('donald'))?.sign_in_url).toBeUndefined();
  });
});

it('connections: where they lead, what the policy lets through, and whom this process met', async () => {
  await relay.call('/v1/users?q=radia', operator);
  await relay.call('/v1/users?q=mallory', operator);
  const response = await relay.call('/v1/connections', operator);
  const body = z
    .object({ connections: z.array(z.looseObject({ connection: z.string() })) })
    .parse(await response.json());
  const find = (name: string) => body.connections.find(({ connection }) => connection === name);
  expect(find('github')).toMatchObject({
    strategy: 'github',
    known_from: 'configuration',
    required_scopes: ['repo'],
    rules: [{ name: 'read', clients: ['product', 'backend'] }, { name: 'samples' }, { name: 'elsewhere' }],
  });
  expect(find('google-vault')).toMatchObject({ token_vault: true, users_seen: 1, users_callable: 0 });
  // One of those who were met is blocked, with a token that is good.
  const { users_seen: seen, users_callable: callable } = z
    .object({ users_seen: z.number(), users_callable: z.number() })
    .parse(find('github'));
  expect(callable).toBeLessThan(seen);
  expect(find('spotify')).toMatchObject({ known_from: 'catalogue', users_seen: 0 });
  expect(new Set(body.connections.map(({ connection }) => connection)).size).toBe(body.connections.length);
});

it('the tenant: what is granted, what is lacking, and what is too much', async () => {
  const tenant = await (await relay.call('/v1/tenant', operator)).json();
  expect(tenant).toMatchObject({
    domain: relay.tenant.domain,
    management_client: {
      client_id: 'relayClient',
      granted_scopes: ['read:users', 'read:user_idp_tokens'],
      missing_scopes: [],
      unneeded_scopes: [],
    },
    permissions: [
      { name: 'call:idp' },
      { name: 'call:idp_for_users', held_by_you: false },
      { name: 'inspect:identities', held_by_you: true },
      { name: 'revoke:identities', held_by_you: true },
    ],
    clients: [
      { name: 'product', client_id: 'productClient' },
      { name: 'backend', client_id: 'backendClient' },
    ],
  });
  const other = await startTestRelay();
  const grant = other.tenant.database.state.clientGrants.find(({ client_id }) => client_id === 'relayClient');
  if (grant) grant.scope = ['read:users', 'update:users'];
  expect(await (await other.call('/v1/tenant', await other.userToken('operator'))).json()).toMatchObject({
    management_client: { missing_scopes: ['read:user_idp_tokens'], unneeded_scopes: ['update:users'] },
  });
});
