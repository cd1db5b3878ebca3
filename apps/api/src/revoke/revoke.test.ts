import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestRelay, tokenWithoutSignIn, userIdOf, type TestRelay } from '../../test/test-relay.ts';
import { openStorage, type OpenStorage } from '../storage/open-storage.ts';

let opened: OpenStorage;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'revocations-'));
  opened = await openStorage({ folder });
}, 60_000);
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true });
});

const start = (): Promise<TestRelay> => startTestRelay({}, undefined, { storage: opened });
const revoke = async (
  relay: TestRelay,
  handle: string,
  connection: string,
  by = 'operator',
): Promise<Response> =>
  relay.call(
    `/v1/users/${encodeURIComponent(userIdOf(handle))}/identities/${connection}/revoke`,
    await relay.userToken(by),
    { method: 'POST' },
  );

describe('revoking a token', () => {
  it('ends it at the IdP and in the relay, until the user signs in again', async () => {
    const relay = await start();
    const ada = await tokenWithoutSignIn(relay, userIdOf('ada'));
    const userinfo = '/v1/me/idp/google-oauth2/oauth2/v3/userinfo';
    expect((await relay.call(userinfo, ada)).status).toBe(200);
    const response = await revoke(relay, 'ada', 'google-oauth2');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      at_idp: 'revoked',
      verdict: { state: 'revoked', reason: 'revoked_by_operator', source: 'operator', callable: false },
    });
    const { state } = relay.tenant.database;
    const stored = state.users.find(({ user_id: id }) => id === userIdOf('ada'))?.identities[1]?.access_token;
    expect(state.sampleIdps.tokens.find(({ accessToken }) => accessToken === stored)?.revoked).toBe(true);

    const idpCalls = relay.tenant.faults.count('idps');
    const refused = await relay.call(userinfo, ada);
    expect(refused.status).toBe(424);
    expect(await refused.json()).toMatchObject({ code: 'idp_token_revoked' });
    expect(relay.tenant.faults.count('idps')).toBe(idpCalls);
    // The GitHub identity of the same user is not touched.
    expect((await relay.call('/v1/me/idp/github/user', ada)).status).toBe(200);
  });

  it('ends the refresh token too, and with it all that came of the login', async () => {
    const relay = await start();
    const grace = await tokenWithoutSignIn(relay, userIdOf('grace'));
    expect((await relay.call('/v1/me/idp/google-oauth2/oauth2/v3/userinfo', grace)).status).toBe(200);
    expect(await (await revoke(relay, 'grace', 'google-oauth2')).json()).toMatchObject({ at_idp: 'revoked' });
    const { state } = relay.tenant.database;
    const refreshToken = state.users
      .find(({ user_id: id }) => id === userIdOf('grace'))
      ?.identities.find(({ connection }) => connection === 'google-oauth2')?.refresh_token;
    const ofLogin = state.sampleIdps.tokens.filter((token) => token.refreshToken === refreshToken);
    // The one that Auth0 holds, and the one that was renewed.
    expect(ofLogin.map(({ revoked }) => revoked)).toEqual([true, true]);
  });

  it('ends it in the relay where the IdP cannot be asked, for other processes and after a restart too', async () => {
    const relay = await start();
    expect(await (await revoke(relay, 'ada', 'github')).json()).toMatchObject({ at_idp: 'not_possible' });
    const other = await startTestRelay({}, undefined, { tenant: relay.tenant, storage: opened });
    const ada = await tokenWithoutSignIn(relay, userIdOf('ada'));
    expect((await other.call('/v1/me/idp/github/user', ada)).status).toBe(424);
    const again = await relay.userToken('ada');
    // Whoever was refused a moment ago is refused a few seconds more, unless somebody has the user read anew.
    const check = `/v1/users/${encodeURIComponent(userIdOf('ada'))}/identities/github/check`;
    await other.call(check, await relay.userToken('operator'), { method: 'POST' });
    expect((await other.call('/v1/me/idp/github/user', again)).status).toBe(200);
  });

  it('ends it in the relay where the IdP fails', async () => {
    const relay = await start();
    relay.tenant.faults.add('idps', { pathPrefix: '/google-oauth2/revoke', dropConnection: true });
    expect(await (await revoke(relay, 'ada', 'google-oauth2')).json()).toMatchObject({
      at_idp: 'failed',
      verdict: { state: 'revoked' },
    });
  });

  it('works for a blocked user, renews nothing for it, and outlives the block', async () => {
    const relay = await start();
    relay.tenant.control.setBlocked(userIdOf('grace'), true);
    expect((await revoke(relay, 'grace', 'google-oauth2')).status).toBe(200);
    expect(relay.tenant.faults.count('idps', { pathPrefix: '/google-oauth2/token' })).toBe(0);
    relay.tenant.control.setBlocked(userIdOf('grace'), false);
    const other = await startTestRelay({}, undefined, { tenant: relay.tenant, storage: opened });
    const grace = await tokenWithoutSignIn(relay, userIdOf('grace'));
    expect((await other.call('/v1/me/idp/google-oauth2/oauth2/v3/userinfo', grace)).status).toBe(424);
  });

  it('claims nothing of tokens that are in Token Vault', async () => {
    const relay = await start();
    const response = await revoke(relay, 'radia', 'google-vault');
    expect(response.status).toBe(424);
    expect(await response.json()).toMatchObject({ code: 'idp_token_in_vault' });
  });

  it('needs a permission of its own', async () => {
    const relay = await start();
    const response = await revoke(relay, 'ada', 'github', 'auditor');
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'permission_missing' });
  });
});
