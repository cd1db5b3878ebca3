import { createCatalogue } from '@idp-relay/idp-catalogue';
import { expect, it } from 'vitest';
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
  forgetUser: notAsked,
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
