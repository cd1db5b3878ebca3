import type { KeptObservation } from '@idp-relay/idp-tokens';
import { expect, it } from 'vitest';
import { identity, keyRingOf, newKey } from '../test/samples.ts';
import { onEveryDatabase } from '../test/store-suite.ts';
import { createObservationStore } from './observation-store.ts';
import { createTokenSetStore } from './token-set-store.ts';

const probed: KeptObservation = {
  tokenMark: 'mark-1',
  observation: {
    outcome: 'accepted',
    idpStatus: 200,
    grantedScopes: ['repo', 'read:user'],
    expiresAt: 1_790_000_003_723,
    introspection: 'active',
    observedAt: 1_790_000_000_123,
    source: 'probe',
  },
};
const refusedAt = (observedAt: number): KeptObservation => ({
  tokenMark: 'mark-2',
  observation: { outcome: 'refused', idpStatus: 401, observedAt, source: 'idp_answer' },
});

onEveryDatabase(({ database, anotherDatabase }) => {
  it('keeps the last observation, for every process', async () => {
    const store = createObservationStore(database());
    expect(await store.read(identity)).toBeUndefined();
    await store.keep(identity, probed);
    const other = createObservationStore(await anotherDatabase());
    expect(await other.read(identity)).toEqual(probed);
    const refused = refusedAt(1_790_000_000_124);
    await store.keep(identity, refused);
    expect(await other.read(identity)).toEqual(refused);
    expect(await other.read({ ...identity, tenant: 'other.us.auth0.com' })).toBeUndefined();
  });

  it('keeps the younger one of two that come out of order', async () => {
    const store = createObservationStore(database());
    await store.keep(identity, probed);
    await store.keep(identity, refusedAt(1_790_000_000_122));
    expect(await store.read(identity)).toEqual(probed);
  });

  it('goes with all else that is kept of an identity', async () => {
    const store = createObservationStore(database());
    const tokenSets = createTokenSetStore({ database: database(), keyRing: keyRingOf(newKey('k')) });
    const github = { ...identity, connection: 'github', idpUserId: '7' };
    const keepBoth = async () => {
      await store.keep(identity, probed);
      await store.keep(github, probed);
    };
    await keepBoth();
    await tokenSets.forget(identity);
    expect([await store.read(identity), await store.read(github)]).toEqual([undefined, probed]);
    await keepBoth();
    await tokenSets.forgetOthers(identity.tenant, identity.userId, [identity]);
    expect([await store.read(identity), await store.read(github)]).toEqual([probed, undefined]);
    await keepBoth();
    await tokenSets.forgetOthers(identity.tenant, identity.userId, []);
    expect([await store.read(identity), await store.read(github)]).toEqual([undefined, undefined]);
  });
});
