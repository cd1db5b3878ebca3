import { expect, it } from 'vitest';
import { startTestTenant, type TestTenant } from '../test/test-tenant.ts';

const userId = 'github|1001';
const github = { connection: 'github' };

/** A tenant whose clock stands still until it is moved, and a user who has just called. */
async function startWithCall() {
  const test = await startTestTenant();
  const startedAt = test.clock.now();
  test.clock.now = () => startedAt + test.clock.offset;
  expect(test.idpTokens.recall(userId, github)).toBeUndefined();
  const token = await find(test);
  expect(test.idpTokens.recall(userId, github)).toBe(token);
  return { ...test, token };
}

const find = ({ idpTokens, clock }: TestTenant) =>
  idpTokens.token(userId, github, { deadline: clock.now() + 3_000 });

it('the token of a moment ago is recalled, without a request', async () => {
  const { idpTokens, tenant, token } = await startWithCall();
  const requests = tenant.faults.count('management');
  expect(idpTokens.recall(userId, github)).toBe(token);
  expect(tenant.faults.count('management')).toBe(requests);
  expect(idpTokens.recall(userId, { connection: 'google-oauth2' })).toBeUndefined();
  expect(idpTokens.recall(userId, { ...github, idpUserId: '1001' })).toBeUndefined();
});

it('a token that the IdP refused is not recalled', async () => {
  const { idpTokens, token, clock } = await startWithCall();
  await idpTokens.observe(token, {
    outcome: 'refused',
    idpStatus: 401,
    observedAt: clock.now(),
    source: 'idp_answer',
  });
  expect(idpTokens.recall(userId, github)).toBeUndefined();
});

it('a token of a profile that has changed since is not recalled', async () => {
  const { idpTokens, clock } = await startWithCall();
  clock.offset = 10;
  idpTokens.outdate({ userId, what: 'profile', changedAt: clock.now() });
  expect(idpTokens.recall(userId, github)).toBeUndefined();
});

it('a token of a profile that was read again is not recalled, even where it is the same', async () => {
  const { idpTokens, profiles, clock } = await startWithCall();
  clock.offset = 10;
  await profiles.get(userId, { deadline: clock.now() + 3_000, notBefore: clock.now() });
  expect(idpTokens.recall(userId, github)).toBeUndefined();
});

it('a token is recalled for a second, then its verdict is made anew', async () => {
  const test = await startWithCall();
  test.clock.offset = 999;
  expect(test.idpTokens.recall(userId, github)).toBe(test.token);
  test.clock.offset = 1_000;
  expect(test.idpTokens.recall(userId, github)).toBeUndefined();
  const anew = await find(test);
  expect(test.idpTokens.recall(userId, github)).toBe(anew);
});
