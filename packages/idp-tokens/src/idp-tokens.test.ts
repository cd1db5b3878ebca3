import { describe, expect, it } from 'vitest';
import { startTestTenant, type TestTenant } from '../test/test-tenant.ts';
import { IdpTokenUnusableError, UserBlockedError } from './index.ts';

const soon = ({ clock }: TestTenant) => ({ deadline: clock.now() + 3_000 });
const github = { connection: 'github' };

describe('the token for one call', () => {
  it('is found by connection and IdP user id, wherever it stands', async () => {
    const test = await startTestTenant();
    const user = test.tenant.database.state.users.find(({ user_id }) => user_id === 'github|1001');
    user?.identities.reverse();
    const token = await test.idpTokens.token('github|1001', github, soon(test));
    expect(token.identity).toMatchObject({ connection: 'github', idpUserId: '1001', primary: true });
    expect(token.accessToken.reveal()).toMatch(/^gho_/);
    expect(token.entry.name).toBe('github');
  });

  it('is refused with all there is to choose from when several identities fit', async () => {
    const test = await startTestTenant();
    await expect(test.idpTokens.token('github|19690720', github, soon(test))).rejects.toMatchObject({
      code: 'identity_ambiguous',
      idpUserIds: ['19690720', '19710311'],
    });
    const chosen = await test.idpTokens.token(
      'github|19690720',
      { ...github, idpUserId: '19710311' },
      soon(test),
    );
    expect(chosen.identity.primary).toBe(false);
    await expect(
      test.idpTokens.token('github|19690720', { ...github, idpUserId: '1' }, soon(test)),
    ).rejects.toMatchObject({
      code: 'connection_not_linked',
    });
  });

  it('a token that could be sent nowhere is not "no token"', async () => {
    const test = await startTestTenant();
    await expect(
      test.idpTokens.token('oauth2|acme-crm|katherine', { connection: 'acme-crm' }, soon(test)),
    ).rejects.toMatchObject({ code: 'connection_not_relayable', verdict: { reason: 'not_relayable' } });
  });

  it('every field of an identity is read', async () => {
    const test = await startTestTenant();
    const identity = test.tenant.database.state.users.find(({ user_id }) => user_id === 'github|1001')
      ?.identities[0];
    if (identity) Object.assign(identity, { access_token_secret: 's', refresh_token: 'r', expires_in: 60 });
    const token = await test.idpTokens
      .token('github|1001', github, soon(test))
      .catch((error: unknown) => error);
    expect(token).toBeInstanceOf(IdpTokenUnusableError);
    const { profile } = await test.profiles.get('github|1001', soon(test));
    expect(profile.identities[0]).toMatchObject({ expiresInSeconds: 60 });
    expect(profile.identities[0]?.accessTokenSecret?.reveal()).toBe('s');
    expect(profile.identities[0]?.refreshToken?.reveal()).toBe('r');
  });

  it('a new sign-in is seen at once, though an old profile is kept', async () => {
    const test = await startTestTenant();
    const alan = 'google-oauth2|117351892654910220364';
    await expect(
      test.idpTokens.token(alan, { connection: 'google-oauth2' }, soon(test)),
    ).rejects.toMatchObject({ code: 'idp_token_expired' });
    const user = test.tenant.database.state.users.find(({ user_id }) => user_id === alan);
    if (user) user.last_login = new Date().toISOString();
    test.clock.offset = 6_000;
    await expect(
      test.idpTokens.token(alan, { connection: 'google-oauth2' }, soon(test)),
    ).resolves.toBeDefined();
  });

  it('a token that has ended is not handed out, though it was a moment ago', async () => {
    const test = await startTestTenant();
    const alan = 'google-oauth2|117351892654910220364';
    const user = test.tenant.database.state.users.find(({ user_id }) => user_id === alan);
    const [identity] = user?.identities ?? [];
    if (user) user.last_login = new Date(Date.now() - 3_599_000).toISOString();
    if (identity) identity.expires_in = 3_600;
    const call = () => test.idpTokens.token(alan, { connection: 'google-oauth2' }, soon(test));
    test.clock.offset = 500;
    await expect(call()).resolves.toBeDefined();
    test.clock.offset = 1_100;
    await expect(call()).rejects.toMatchObject({ code: 'idp_token_expired' });
  });

  it('a user without a token costs one read in five seconds, however often they call', async () => {
    const test = await startTestTenant();
    const call = () =>
      test.idpTokens.token('windowslive|31a5e9f1c02b4d77', { connection: 'windowslive' }, soon(test));
    for (let index = 0; index < 10; index += 1)
      await expect(call()).rejects.toMatchObject({ code: 'idp_token_missing' });
    expect(test.tenant.faults.count('management')).toBe(1);
  });

  it('a blocked user is refused within the lifetime of a profile', async () => {
    const test = await startTestTenant();
    await test.idpTokens.token('github|1001', github, soon(test));
    test.tenant.control.setBlocked('github|1001', true);
    test.clock.offset = 61_000;
    await expect(test.idpTokens.token('github|1001', github, soon(test))).rejects.toThrow(UserBlockedError);
  });

  it('a refused token is tried again after a minute, and a new one at once', async () => {
    const test = await startTestTenant();
    const token = await test.idpTokens.token('github|1001', github, soon(test));
    await test.idpTokens.observe(token, {
      outcome: 'refused',
      idpStatus: 401,
      observedAt: test.clock.now(),
      source: 'idp_answer',
    });
    await expect(test.idpTokens.token('github|1001', github, soon(test))).rejects.toMatchObject({
      code: 'idp_token_revoked',
    });
    test.clock.offset = 61_000;
    const again = await test.idpTokens.token('github|1001', github, soon(test));
    expect(again.verdict.state).toBe('revoked');
    const identity = test.tenant.database.state.users.find(({ user_id }) => user_id === 'github|1001')
      ?.identities[0];
    if (identity) identity.access_token = 'gho_another';
    test.clock.offset = 200_000;
    expect((await test.idpTokens.token('github|1001', github, soon(test))).verdict.state).toBe('usable');
  });
});
