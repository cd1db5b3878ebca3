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

it('a read that comes back after its row was forgotten does not bring it back', async () => {
  const slow = Promise.withResolvers<KeptIdentity>();
  const reads = [slow.promise, Promise.resolve(row)];
  const store: TokenSetStore = {
    read: () => reads.shift() ?? Promise.resolve(undefined),
    forget: async () => undefined,
    lease: notAsked,
    markSent: notAsked,
    complete: notAsked,
    fail: notAsked,
    release: notAsked,
    leaseEnded: notAsked,
    forgetUser: notAsked,
    forgetOthers: notAsked,
  };
  const renewals = createTokenRenewals({
    store,
    tenant: 'example.us.auth0.com',
    client: () => undefined,
    fetch: notAsked,
    clock: systemClock,
    timeoutMs: 1_000,
    lifetimeMs: 60_000,
    maxEntries: 10,
  });
  const asked = renewals.kept('google-oauth2|1', identity, 0);
  await renewals.forgetTokens('google-oauth2|1', [identity]);
  slow.resolve(row);
  expect(await asked).toBeUndefined();
  expect(renewals.peek('google-oauth2|1', identity)).toBeUndefined();
});
