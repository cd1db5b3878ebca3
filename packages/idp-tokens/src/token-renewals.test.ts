import { createCatalogue } from '@idp-relay/idp-catalogue';
import { describe, expect, it } from 'vitest';
import { copyFingerprint, createTokenRenewals, Secret, systemClock } from './index.ts';
import type { KeptIdentity, TokenSetStore } from './index.ts';

const identity = {
  connection: 'google-oauth2',
  provider: 'google-oauth2',
  idpUserId: '1',
  isSocial: true,
  primary: true,
  accessToken: new Secret('of-auth0'),
};
const row: KeptIdentity = {
  tokenSet: { accessToken: new Secret('renewed'), obtainedAt: 0 },
  basedOn: copyFingerprint(identity),
  renewal: { failures: 0 },
  updatedAt: 0,
};
const revoked = { renewal: { failures: 1, reason: 'revoked_by_operator' }, updatedAt: 1 } as const;
const notAsked = (): never => {
  throw new Error('not asked for here');
};
const untouched: TokenSetStore = {
  read: notAsked,
  forget: notAsked,
  lease: notAsked,
  markSent: notAsked,
  complete: notAsked,
  fail: notAsked,
  release: notAsked,
  leaseEnded: notAsked,
  forgetOthers: notAsked,
};
const common = {
  tenant: 'example.us.auth0.com',
  client: () => undefined,
  fetch: notAsked,
  clock: systemClock,
  timeoutMs: 1_000,
  lifetimeMs: 60_000,
  maxEntries: 10,
};

it('a read that comes back after its row was forgotten does not bring it back', async () => {
  const slow = Promise.withResolvers<KeptIdentity>();
  const reads = [slow.promise, Promise.resolve(row)];
  const store: TokenSetStore = {
    ...untouched,
    read: () => reads.shift() ?? Promise.resolve(undefined),
    forget: async () => undefined,
  };
  const renewals = createTokenRenewals({ ...common, store });
  const asked = renewals.kept('google-oauth2|1', identity, 0);
  await renewals.forgetTokens('google-oauth2|1', [identity]);
  slow.resolve(row);
  expect(await asked).toBeUndefined();
  expect(renewals.peek('google-oauth2|1', identity)).toBeUndefined();
});

it('a refresh token that is good once is not sent again while its answer may still come, however short requests are', async () => {
  let now = 0;
  const leasedAt: number[] = [];
  const rotating = createCatalogue().find({ strategy: 'bitbucket', connection: 'bitbucket' });
  if (rotating === undefined) throw new Error('no entry');
  const store: TokenSetStore = {
    ...untouched,
    read: async () => ({ basedOn: row.basedOn, renewal: { failures: 0, sentAt: 0 }, updatedAt: 0 }),
    lease: async () => {
      leasedAt.push(now);
      throw new Error('seen');
    },
  };
  const renewals = createTokenRenewals({
    ...common,
    store,
    clock: {
      now: () => now,
      sleep: async (milliseconds, signal) => {
        if (signal !== undefined) return new Promise(() => undefined);
        now += milliseconds;
      },
    },
  });
  const renewal = renewals.renew({
    userId: 'bitbucket|1',
    identity,
    entry: rotating,
    deadline: Number.MAX_SAFE_INTEGER,
    isCopyNew: true,
    obtainedAfter: 0,
  });
  await expect(renewal).rejects.toThrow('seen');
  expect(leasedAt).toEqual([30_000]);
});

describe('a renewed token that the store does not take', () => {
  /** Renewals that bring a token at once, on a store that takes none until it recovers. */
  async function renewInTrouble() {
    const google = createCatalogue().find({ strategy: 'google-oauth2', connection: 'google-oauth2' });
    if (google === undefined) throw new Error('no entry');
    const withRefresh = { ...identity, refreshToken: new Secret('refresh') };
    const pause = Promise.withResolvers<undefined>();
    let stored: KeptIdentity | undefined = {
      basedOn: copyFingerprint(withRefresh),
      renewal: { failures: 0 },
      updatedAt: 0,
    };
    let complete: TokenSetStore['complete'] = () => Promise.reject(new Error('no answer'));
    const store: TokenSetStore = {
      ...untouched,
      read: async () => stored,
      lease: async (key, durationMs) => ({ key, fence: 1, durationMs, ...(stored && { kept: stored }) }),
      markSent: async () => true,
      complete: (lease, renewed) => complete(lease, renewed),
      forget: async () => {
        stored = undefined;
      },
    };
    const renewals = createTokenRenewals({
      ...common,
      store,
      client: () => ({ clientId: 'product', clientSecret: new Secret('of-product') }),
      fetch: async () =>
        Response.json({ access_token: 'ya29.renewed', token_type: 'Bearer', expires_in: 60 }),
      clock: { now: () => 0, sleep: () => pause.promise },
    });
    const renewed = await renewals.renew({
      userId,
      identity: withRefresh,
      entry: google,
      deadline: 1_000,
      isCopyNew: true,
      obtainedAfter: 0,
    });
    expect(renewed?.tokenSet?.accessToken.reveal()).toBe('ya29.renewed');
    const recover = async (row?: KeptIdentity): Promise<void> => {
      complete = async (_lease, renewed) => {
        stored = row ?? { ...renewed, renewal: { failures: 0 }, updatedAt: 1 };
        return row === undefined;
      };
      pause.resolve(undefined);
      await renewals.settled();
    };
    return { renewals, identity: withRefresh, recover, stored: () => stored };
  }
  const userId = 'google-oauth2|1';
  const revealed = (kept: KeptIdentity | undefined) => kept?.tokenSet?.accessToken.reveal();

  it('is used all the same, and written down as soon as it can be', async () => {
    const { renewals, identity, recover, stored } = await renewInTrouble();
    expect(revealed(stored())).toBeUndefined();
    expect(revealed(await renewals.kept(userId, identity, 1))).toBe('ya29.renewed');
    await recover();
    expect(revealed(stored())).toBe('ya29.renewed');
  });

  it('is out of use when the store comes back and says that the identity was revoked meanwhile', async () => {
    const { renewals, identity, recover } = await renewInTrouble();
    await recover({ ...revoked, basedOn: copyFingerprint(identity) });
    expect(renewals.recall(userId, identity, 0)?.kept).toMatchObject(revoked);
  });

  it('is out of use once the user’s tokens are forgotten', async () => {
    const { renewals, identity } = await renewInTrouble();
    await renewals.forgetTokens(userId, [identity]);
    expect(await renewals.kept(userId, identity, 1)).toBeUndefined();
  });
});

it('a renewal whose identity was revoked meanwhile brings nothing', async () => {
  const google = createCatalogue().find({ strategy: 'google-oauth2', connection: 'google-oauth2' });
  if (google === undefined) throw new Error('no entry');
  const withRefresh = { ...identity, refreshToken: new Secret('refresh') };
  const basedOn = copyFingerprint(withRefresh);
  let stored: KeptIdentity = { basedOn, renewal: { failures: 0 }, updatedAt: 0 };
  const renewals = createTokenRenewals({
    ...common,
    store: {
      ...untouched,
      read: async () => stored,
      lease: async (key, durationMs) => ({ key, fence: 1, durationMs, kept: stored }),
      markSent: async () => true,
      complete: async () => false,
    },
    client: () => ({ clientId: 'product', clientSecret: new Secret('of-product') }),
    fetch: async () => {
      stored = { ...revoked, basedOn };
      return Response.json({ access_token: 'ya29.renewed', token_type: 'Bearer', expires_in: 60 });
    },
  });
  const kept = await renewals.renew({
    userId: 'google-oauth2|1',
    identity: withRefresh,
    entry: google,
    deadline: Number.MAX_SAFE_INTEGER,
    isCopyNew: true,
    obtainedAfter: 0,
  });
  expect(kept).toEqual(stored);
  expect(renewals.recall('google-oauth2|1', withRefresh, 0)?.kept).toEqual(stored);
});
