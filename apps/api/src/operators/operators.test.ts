import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestRelay, type TestRelay } from '../../test/test-relay.ts';
import { luceneQuery } from './user-search.ts';
import { z } from 'zod';

const Users = z.object({
  users: z.array(z.looseObject({ user_id: z.string(), name: z.string() })),
  total: z.number(),
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

it('connections: where they lead and what the policy lets through', async () => {
  const response = await relay.call('/v1/connections', operator);
  const body = z
    .object({ connections: z.array(z.looseObject({ connection: z.string() })) })
    .parse(await response.json());
  expect(body.connections.find(({ connection }) => connection === 'github')).toMatchObject({
    strategy: 'github',
    required_scopes: ['repo'],
    rules: [{ name: 'read', clients: ['product', 'backend'] }, { name: 'samples' }, { name: 'elsewhere' }],
  });
  expect(body.connections.find(({ connection }) => connection === 'google-vault')).toMatchObject({
    token_vault: true,
  });
});
