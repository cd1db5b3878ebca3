import { ManagementClient } from 'auth0';
import { describe, expect, it } from 'vitest';
import { secret, startTestTenant, type TestTenant } from '../test/test-tenant.ts';
import {
  createUserProfiles,
  ManagementForbiddenError,
  ManagementUnavailableError,
  UserNotFoundError,
} from './index.ts';

const ada = 'github|1001';
const soon = ({ clock }: TestTenant, milliseconds = 3_000) => ({ deadline: clock.now() + milliseconds });
const reads = ({ tenant }: TestTenant): number =>
  tenant.faults.count('management', { pathPrefix: '/api/v2/users/' });

describe('reading profiles', () => {
  it('fifty at once are one request, and one a minute', async () => {
    const test = await startTestTenant();
    const all = await Promise.all(Array.from({ length: 50 }, () => test.profiles.get(ada, soon(test))));
    expect(new Set(all).size).toBe(1);
    expect(reads(test)).toBe(1);
    test.clock.offset = 59_000;
    await test.profiles.get(ada, soon(test));
    expect(reads(test)).toBe(1);
    test.clock.offset = 61_000;
    await test.profiles.get(ada, soon(test));
    expect(reads(test)).toBe(2);
  });

  it('reads again for those who need a newer one', async () => {
    const test = await startTestTenant();
    await test.profiles.get(ada, soon(test));
    test.clock.offset = 10;
    await test.profiles.get(ada, { ...soon(test), notBefore: test.clock.now() });
    expect(reads(test)).toBe(2);
  });

  it('an id that would lead to another place of the API is of nobody', async () => {
    const test = await startTestTenant();
    for (const id of ['.', '..'])
      await expect(test.profiles.get(id, soon(test))).rejects.toThrow(UserNotFoundError);
    expect(test.tenant.faults.count('management')).toBe(0);
  });

  it('keeps no more than it may', async () => {
    const test = await startTestTenant();
    await test.profiles.get(ada, soon(test));
    expect(test.profiles.size()).toBe(1);
    test.profiles.drop(ada);
    expect(test.profiles.size()).toBe(0);
  });

  it('encodes ids, and finds what the auth0 SDK finds', async () => {
    const test = await startTestTenant();
    const id = 'bitbucket|{a54f/16da?x=1#y}';
    const user = test.tenant.database.state.users.find(({ user_id }) => user_id === ada);
    if (user) user.user_id = id;
    const { profile } = await test.profiles.get(id, soon(test));
    const sdk = new ManagementClient({
      domain: test.tenant.domain,
      clientId: 'reader',
      clientSecret: secret,
    });
    const reference = await sdk.users.get(id);
    expect(profile.userId).toBe(reference.user_id);
    expect(profile.identities.map(({ connection, idpUserId }) => [connection, idpUserId])).toEqual(
      reference.identities?.map(({ connection, user_id }) => [connection, String(user_id)]),
    );
    expect(profile.identities.map(({ accessToken }) => accessToken?.reveal())).toEqual(
      reference.identities?.map(({ access_token }) => access_token),
    );
  });
});

describe('failures', () => {
  it.each([
    { expires_in: '9223372036854775807' },
    { expires_in: -1 },
    { expires_in: 'never' },
    { access_token: null },
    { refresh_token: null },
  ])('an identity with %o hinders nothing', async (odd) => {
    const { tenant, profiles, idpTokens } = await startTestTenant();
    const ada = tenant.database.state.users.find(({ user_id }) => user_id === 'github|1001');
    Object.assign(ada?.identities[0] ?? {}, odd);
    const { profile } = await profiles.get('github|1001', { deadline: Date.now() + 3_000 });
    expect(profile.identities[0]).not.toHaveProperty('expiresInSeconds');
    const { identities } = await idpTokens.user('github|1001', { deadline: Date.now() + 3_000 });
    expect(identities).toHaveLength(profile.identities.length);
  });

  it('somebody who is not there is asked for once in a while only, and is there once they are', async () => {
    const test = await startTestTenant();
    const { tenant, profiles, clock } = test;
    const get = (notBefore = 0) =>
      profiles.get('github|9', { deadline: clock.now() + 3_000, notBefore }).catch((error: unknown) => error);
    for (let call = 0; call < 5; call += 1) expect(await get()).toBeInstanceOf(UserNotFoundError);
    expect(reads(test)).toBe(1);
    const { users } = tenant.database.state;
    const [first] = users;
    if (first === undefined) throw new Error('nobody there');
    users.push({ ...structuredClone(first), user_id: 'github|9' });
    expect(await get(clock.now() + 1)).toMatchObject({ profile: { userId: 'github|9' } });
    users.pop();
    expect(await get(clock.now() + 1)).toBeInstanceOf(UserNotFoundError);
    clock.offset = 5_001;
    users.push({ ...structuredClone(first), user_id: 'github|9' });
    expect(await get()).toMatchObject({ profile: { userId: 'github|9' } });
  });

  it('a user who is not there', async () => {
    const test = await startTestTenant();
    await expect(test.profiles.get('github|0', soon(test))).rejects.toThrow(UserNotFoundError);
    await expect(test.profiles.get('no-such-form', soon(test))).rejects.toThrow(UserNotFoundError);
  });

  it('a grant that lacks the scope, by name', async () => {
    const test = await startTestTenant(['read:clients']);
    const failure = test.profiles.get(ada, soon(test));
    await expect(failure).rejects.toThrow(ManagementForbiddenError);
    await expect(failure).rejects.toMatchObject({
      missingScopes: ['read:users', 'read:current_user', 'read:user_idp_tokens'],
    });
  });

  it('5xx and broken connections are tried three times in all', async () => {
    const test = await startTestTenant();
    test.tenant.faults.add('management', { status: 500, times: 1 });
    test.tenant.faults.add('management', { dropConnection: true, times: 1 });
    await test.profiles.get(ada, soon(test));
    expect(reads(test)).toBe(3);
    test.profiles.drop(ada);
    test.tenant.faults.resetCounts();
    test.tenant.faults.add('management', { status: 502 });
    await expect(test.profiles.get(ada, soon(test))).rejects.toThrow(ManagementUnavailableError);
    expect(reads(test)).toBe(3);
  });

  it('429 is waited out within the deadline', async () => {
    const test = await startTestTenant();
    test.tenant.faults.add('management', { status: 429, headers: { 'retry-after': '1' }, times: 1 });
    await test.profiles.get(ada, soon(test));
    expect(reads(test)).toBe(2);
  });

  it.each(['0', 'nonsense'])('429 with a wait of "%s" makes no loop without a pause', async (retryAfter) => {
    const test = await startTestTenant();
    test.tenant.faults.add('management', { status: 429, headers: { 'retry-after': retryAfter } });
    await expect(test.profiles.get(ada, soon(test))).rejects.toMatchObject({
      code: 'management_rate_limited',
    });
    expect(reads(test)).toBeLessThanOrEqual(2);
  });

  it('beyond the deadline 429 is an error with the time to wait, and nothing is sent meanwhile', async () => {
    const test = await startTestTenant();
    test.tenant.faults.add('management', { status: 429, headers: { 'retry-after': '60' }, times: 1 });
    await expect(test.profiles.get(ada, soon(test))).rejects.toMatchObject({
      code: 'management_rate_limited',
      retryAfterSeconds: 60,
    });
    await expect(test.profiles.get(ada, soon(test))).rejects.toMatchObject({
      code: 'management_rate_limited',
    });
    expect(reads(test)).toBe(1);
  });

  it('x-ratelimit-remaining: 0 closes the window before the 429 comes', async () => {
    const test = await startTestTenant();
    const reset = Math.ceil(test.clock.now() / 1000) + 60;
    test.tenant.faults.add('management', {
      status: 404,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) },
      times: 1,
    });
    await expect(test.profiles.get('github|9', soon(test))).rejects.toThrow(UserNotFoundError);
    await expect(test.profiles.get(ada, soon(test))).rejects.toMatchObject({
      code: 'management_rate_limited',
    });
    expect(reads(test)).toBe(1);
  });

  it('a caller leaves at its own deadline; more patient ones get the answer', async () => {
    const test = await startTestTenant();
    await test.tokens.get();
    test.tenant.faults.add('management', { delayMs: 600, times: 1 });
    const patient = test.profiles.get(ada, soon(test));
    const hasty = test.profiles.get(ada, soon(test, 100));
    await expect(hasty).rejects.toThrow(ManagementUnavailableError);
    await expect(patient).resolves.toBeDefined();
    expect(reads(test)).toBe(1);
  });

  it('a token that the Management API no longer takes is replaced, once', async () => {
    const test = await startTestTenant();
    await test.profiles.get(ada, soon(test));
    await test.tenant.control.rotateSigningKey({ revokePrevious: true });
    test.profiles.drop(ada);
    await expect(test.profiles.get(ada, soon(test))).resolves.toBeDefined();
    test.profiles.drop(ada);
    test.tenant.faults.add('management', { status: 401 });
    await expect(test.profiles.get(ada, soon(test))).rejects.toThrow(ManagementUnavailableError);
  });

  it('no error holds a token or a secret, however it is printed', async () => {
    const test = await startTestTenant();
    test.tenant.faults.add('management', { dropConnection: true });
    const failure: unknown = await test.profiles.get(ada, soon(test)).catch((error: unknown) => error);
    const { inspect } = await import('node:util');
    expect(inspect(failure, { depth: 10, showHidden: true })).not.toMatch(/cAnArY|eyJ/);
  });
});

it('profiles take no more memory than they may: the least recently used go, and one too large is not kept', async () => {
  const test = await startTestTenant();
  const { users } = test.tenant.database.state;
  const profiles = createUserProfiles({
    management: test.management,
    clock: test.clock,
    lifetimeMs: 60_000,
    maxEntries: 100,
    maxBytes: 5_000,
  });
  for (const { user_id: id } of users.slice(0, 8)) await profiles.get(id, soon(test));
  expect(profiles.bytes()).toBeLessThanOrEqual(5_000);
  expect(profiles.size()).toBeGreaterThan(0);
  expect(profiles.size()).toBeLessThan(8);
  const [first] = users;
  if (first === undefined) throw new Error('no user');
  first.name = 'x'.repeat(6_000);
  const read = await profiles.get(first.user_id, { ...soon(test), notBefore: test.clock.now() });
  expect(read.profile.name).toHaveLength(6_000);
  expect([...profiles.kept()].map(({ profile }) => profile.userId)).not.toContain(first.user_id);
});

it('a read that took long does not undo what a later one found', async () => {
  const test = await startTestTenant();
  const told: (number | undefined)[] = [];
  const profiles = createUserProfiles({
    management: test.management,
    clock: test.clock,
    lifetimeMs: 60_000,
    maxEntries: 100,
    maxBytes: 1e6,
    onRead: (_userId, profile) => told.push(profile?.readAt),
  });
  // The budget lets several through at once when it knows that there are as many.
  await profiles.get(ada, soon(test));
  test.tenant.faults.add('management', { pathPrefix: '/api/v2/users/', delayMs: 1_000, times: 1 });
  const reads = test.tenant.faults.count('management');
  const slow = profiles.get(ada, { ...soon(test), notBefore: test.clock.now() + 1 });
  await expect.poll(() => test.tenant.faults.count('management')).toBe(reads + 1);
  const quick = await profiles.get(ada, { ...soon(test), notBefore: test.clock.now() + 1 });
  expect((await slow).profile.readAt).toBeLessThan(quick.profile.readAt);
  expect([...profiles.kept()].map(({ profile }) => profile.readAt)).toEqual([quick.profile.readAt]);
  expect(told).toHaveLength(2);
});
