import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, type TokenSetStore } from '@idp-relay/idp-tokens';
import { createTokenSetStore, openDatabase, parseKeyRing } from '@idp-relay/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestRelay, tokenWithoutSignIn, userIdOf, type TestRelay } from '../../test/test-relay.ts';
import { openStorage, type OpenStorage, type Storage } from '../storage/open-storage.ts';

const userinfo = '/v1/me/idp/google-oauth2/oauth2/v3/userinfo';
const bitbucket = '/v1/me/idp/bitbucket/2.0/user';
const Report = z.object({
  identities: z.array(
    z.looseObject({
      connection: z.string(),
      verdict: z.looseObject({
        state: z.string(),
        reason: z.string(),
        source: z.string(),
        callable: z.boolean(),
      }),
    }),
  ),
});

let opened: OpenStorage;
let folder: string;
let store: TokenSetStore;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'renewals-'));
  opened = await openStorage({ folder });
  store = opened.tokenSets;
}, 60_000);
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true });
});

const start = (): Promise<TestRelay> => startTestRelay({}, undefined, { storage: opened });
const tokenRequests = (relay: TestRelay, path: string): number =>
  relay.tenant.faults.count('idps', { method: 'POST', pathPrefix: path });
const verdictOf = async (relay: TestRelay, token: string, connection: string) => {
  const { identities } = Report.parse(await (await relay.call('/v1/me/identities', token)).json());
  return identities.find((identity) => identity.connection === connection)?.verdict;
};
const keyOf = (relay: TestRelay, handle: string, connection: string, idpUserId: string) => ({
  tenant: relay.tenant.domain,
  userId: userIdOf(handle),
  connection,
  idpUserId,
});

describe('a token that has ended', () => {
  it('is renewed once for all who call, and is good for the calls after', async () => {
    const relay = await start();
    const grace = await tokenWithoutSignIn(relay, userIdOf('grace'));
    expect(await verdictOf(relay, grace, 'google-oauth2')).toMatchObject({
      state: 'renewable',
      callable: true,
      source: 'auth0_profile',
    });
    const answers = await Promise.all(Array.from({ length: 20 }, () => relay.call(userinfo, grace)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await relay.call(userinfo, grace)).status).toBe(200);
    expect(tokenRequests(relay, '/google-oauth2/token')).toBe(1);
    expect(await verdictOf(relay, grace, 'google-oauth2')).toMatchObject({
      state: 'usable',
      reason: 'idp_accepted',
      evidence: { expiry_basis: 'renewal_answer' },
    });
    expect(await relay.metrics()).toContain(
      'idp_relay_renewals_total{connection="google-oauth2",result="renewed"} 1',
    );
  });

  it('is not renewed where the operators named no client', async () => {
    const relay = await startTestRelay();
    const response = await relay.call(userinfo, await tokenWithoutSignIn(relay, userIdOf('grace')));
    expect(response.status).toBe(424);
    expect(await response.json()).toMatchObject({
      code: 'idp_token_expired',
      verdict: { state: 'renewable', callable: false },
    });
  });

  it('is renewed again with the refresh token that the IdP gave in exchange', async () => {
    const relay = await start();
    const frances = await tokenWithoutSignIn(relay, userIdOf('frances'));
    const expire = (): void =>
      relay.tenant.control.expireToken({ user_id: userIdOf('frances'), connection: 'bitbucket' });
    expire();
    // The IdP refuses the token before its time is over as far as anybody knows: that is renewed, too.
    expect((await relay.call(bitbucket, frances)).status).toBe(200);
    expect(tokenRequests(relay, '/bitbucket/site/oauth2/access_token')).toBe(1);
    const kept = await store.read(
      keyOf(relay, 'frances', 'bitbucket', '{a54f16da-24e9-4d7f-a3a7-b1ba2cd98aa3}'),
    );
    const used = relay.tenant.database.state.users
      .find(({ user_id: id }) => id === userIdOf('frances'))
      ?.identities.find(({ connection }) => connection === 'bitbucket')?.refresh_token;
    expect(kept?.tokenSet?.refreshToken?.reveal()).toMatch(/^rt\./);
    expect(kept?.tokenSet?.refreshToken?.reveal()).not.toBe(used);
  });
});

it('a database that does not answer is told by /readyz, and calls are refused rather than made with what may be revoked', async () => {
  const own = mkdtempSync(join(tmpdir(), 'renewals-'));
  const storage = await openStorage({ folder: own });
  const relay = await startTestRelay({}, undefined, { storage });
  expect(await (await relay.call('/readyz')).json()).toMatchObject({
    ready: true,
    checks: { database: { ok: true } },
  });
  await storage.close();
  expect(await (await relay.call('/readyz')).json()).toMatchObject({
    ready: false,
    checks: { database: { ok: false } },
  });
  const response = await relay.call(userinfo, await tokenWithoutSignIn(relay, userIdOf('grace')));
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ code: 'token_store_unavailable' });
  rmSync(own, { recursive: true });
});

it('a renewed token is served while the store is in trouble, and written down when it is over', async () => {
  let failures = 2;
  const troubled: TokenSetStore = {
    ...store,
    complete: (lease, renewed) => {
      failures -= 1;
      return failures >= 0 ? Promise.reject(new Error('no answer')) : store.complete(lease, renewed);
    },
  };
  const relay = await startTestRelay({}, undefined, { storage: { ...opened, tokenSets: troubled } });
  const grace = await tokenWithoutSignIn(relay, userIdOf('grace'));
  expect((await relay.call(userinfo, grace)).status).toBe(200);
  const key = keyOf(relay, 'grace', 'google-oauth2', '108204268033311374519');
  await expect.poll(async () => (await store.read(key))?.tokenSet, { timeout: 5_000 }).toBeDefined();
  expect((await relay.call(userinfo, grace)).status).toBe(200);
  expect(tokenRequests(relay, '/google-oauth2/token')).toBe(1);
});

describe('a renewal that the IdP refuses', () => {
  it('ends in a verdict with its reason, and is not tried again', async () => {
    const relay = await start();
    const grace = await tokenWithoutSignIn(relay, userIdOf('grace'));
    const { state } = relay.tenant.database;
    for (const token of state.sampleIdps.tokens) token.revoked = true;
    const response = await relay.call(userinfo, grace);
    expect(response.status).toBe(424);
    expect(await response.json()).toMatchObject({
      code: 'idp_token_expired',
      verdict: { state: 'expired', reason: 'renewal_refused', callable: false },
    });
    expect((await relay.call(userinfo, grace)).status).toBe(424);
    expect(tokenRequests(relay, '/google-oauth2/token')).toBe(1);
  });

  it('or puts off: the verdict says when it is tried again, and no call tries before', async () => {
    const relay = await start();
    const grace = await tokenWithoutSignIn(relay, userIdOf('grace'));
    relay.tenant.faults.add('idps', {
      pathPrefix: '/google-oauth2/token',
      status: 429,
      headers: { 'retry-after': '60' },
    });
    const response = await relay.call(userinfo, grace);
    expect(response.status).toBe(424);
    const body = z
      .object({ verdict: z.looseObject({ evidence: z.object({ next_renewal_at: z.string() }) }) })
      .parse(await response.json());
    expect(body.verdict).toMatchObject({ state: 'renewable', reason: 'renewal_put_off', callable: false });
    expect(Date.parse(body.verdict.evidence.next_renewal_at)).toBeGreaterThan(Date.now() + 50_000);
    await relay.call(userinfo, grace);
    expect(tokenRequests(relay, '/google-oauth2/token')).toBe(1);
  });

  it('or answers into the void: where the IdP gives each refresh token once, the verdict says that it is lost', async () => {
    const relay = await startTestRelay({ idpTokenTimeoutMs: 500 }, undefined, { storage: opened });
    const frances = await tokenWithoutSignIn(relay, userIdOf('frances'));
    relay.tenant.control.expireToken({ user_id: userIdOf('frances'), connection: 'bitbucket' });
    relay.tenant.faults.add('idps', {
      pathPrefix: '/bitbucket/site/oauth2/access_token',
      loseAnswer: true,
      times: 1,
    });
    expect(await (await relay.call(bitbucket, frances)).json()).toMatchObject({
      verdict: { state: 'revoked' },
    });
    const key = keyOf(relay, 'frances', 'bitbucket', '{a54f16da-24e9-4d7f-a3a7-b1ba2cd98aa3}');
    expect((await store.read(key))?.renewal).toMatchObject({ failures: 1, reason: 'renewal_unanswered' });
    // What the pause would bring, without waiting for it.
    const lease = await store.lease(key, 10_000);
    if (lease?.kept === undefined) throw new Error('nothing is kept');
    await store.fail(lease, {
      basedOn: lease.kept.basedOn,
      reason: 'renewal_unanswered',
      nextAttemptAt: Date.now(),
    });
    const other = await startTestRelay({}, undefined, { tenant: relay.tenant, storage: opened });
    await other.call(bitbucket, frances);
    expect((await store.read(key))?.renewal).toMatchObject({ reason: 'renewal_answer_lost' });
    expect((await store.read(key))?.renewal.nextAttemptAt).toBeUndefined();
  });

  it('or does not answer: the same, since the refresh token may be used up', async () => {
    const relay = await start();
    relay.tenant.faults.add('idps', { pathPrefix: '/google-oauth2/token', dropConnection: true });
    const response = await relay.call(userinfo, await tokenWithoutSignIn(relay, userIdOf('grace')));
    expect(await response.json()).toMatchObject({ verdict: { reason: 'renewal_unanswered' } });
    expect(tokenRequests(relay, '/google-oauth2/token')).toBe(1);
  });
});

describe('a kept token set whose encryption key is not there', () => {
  it('costs nobody more than a new sign-in, and counts again once the key is back', async () => {
    const own = mkdtempSync(join(tmpdir(), 'keys-'));
    const database = await openDatabase({ folder: own });
    const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
    const [old, young] = [key('old'), key('young')];
    const under = (keys: string): Storage => ({
      ...opened,
      tokenSets: createTokenSetStore({ database, keyRing: parseKeyRing(new Secret(keys)) }),
    });
    try {
      const relay = await startTestRelay({}, undefined, { storage: under(old) });
      const grace = await tokenWithoutSignIn(relay, userIdOf('grace'));
      expect((await relay.call(userinfo, grace)).status).toBe(200);

      const { tenant } = relay;
      const without = await startTestRelay({}, undefined, { tenant, storage: under(young) });
      const refused = await without.call(userinfo, grace);
      expect(refused.status).toBe(424);
      expect(await refused.json()).toMatchObject({
        code: 'idp_token_expired',
        verdict: { reason: 'kept_token_unreadable', callable: false },
      });
      const withBoth = await startTestRelay({}, undefined, { tenant, storage: under(`${young},${old}`) });
      expect((await withBoth.call(userinfo, grace)).status).toBe(200);
      expect(tokenRequests(relay, '/google-oauth2/token')).toBe(1);

      const again = await without.userToken('grace');
      const anew = await startTestRelay({}, undefined, { tenant, storage: under(young) });
      expect((await anew.call(userinfo, again)).status).toBe(200);
    } finally {
      await database.close();
      rmSync(own, { recursive: true });
    }
  });
});

describe('which token counts', () => {
  it('the relay’s after a renewal, Auth0’s after a new sign-in', async () => {
    const relay = await start();
    const grace = await tokenWithoutSignIn(relay, userIdOf('grace'));
    await relay.call(userinfo, grace);
    expect(await verdictOf(relay, grace, 'google-oauth2')).toMatchObject({
      evidence: { expiry_basis: 'renewal_answer' },
    });
    const again = await relay.userToken('grace');
    const operator = await relay.userToken('operator');
    const check = `/v1/users/${encodeURIComponent(userIdOf('grace'))}/identities/google-oauth2/check`;
    expect((await relay.call(check, operator, { method: 'POST' })).status).toBe(200);
    expect(await verdictOf(relay, again, 'google-oauth2')).toMatchObject({
      state: 'usable',
      source: 'probe',
    });
    expect(JSON.stringify(await verdictOf(relay, again, 'google-oauth2'))).not.toContain('renewed_at');
  });

  it('none of a user who is blocked: what is kept goes at the next read', async () => {
    const relay = await startTestRelay({ profileLifetimeMs: 1 }, undefined, { storage: opened });
    const grace = await tokenWithoutSignIn(relay, userIdOf('grace'));
    await relay.call(userinfo, grace);
    const key = keyOf(relay, 'grace', 'google-oauth2', '108204268033311374519');
    expect(await store.read(key)).toBeDefined();
    relay.tenant.control.setBlocked(userIdOf('grace'), true);
    expect((await relay.call(userinfo, grace)).status).toBe(403);
    await expect.poll(() => store.read(key)).toBeUndefined();
  });
});
