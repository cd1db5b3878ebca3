import type { IdentityKey } from '@idp-relay/idp-tokens';
import { expect, it } from 'vitest';
import { identity, keyRingOf, newKey, tokenSetOf } from '../test/samples.ts';
import { onEveryDatabase } from '../test/store-suite.ts';
import { createTokenSetStore } from './token-set-store.ts';

const minute = 60_000;
const keyRing = keyRingOf(newKey('k'));
const github = { ...identity, connection: 'github', idpUserId: '7' };
const otherUser = { ...identity, userId: 'google-oauth2|1002' };
const otherTenant = { ...identity, tenant: 'other.us.auth0.com' };
const all = [identity, github, otherUser, otherTenant];

onEveryDatabase(({ database }) => {
  const storeWithAll = async () => {
    const store = createTokenSetStore({ database: database(), keyRing });
    for (const key of all) {
      const lease = await store.lease(key, minute);
      if (lease !== undefined) await store.complete(lease, { tokenSet: tokenSetOf('1'), basedOn: 'copy-1' });
    }
    return store;
  };
  const keptOf = async (): Promise<IdentityKey[]> => {
    const store = createTokenSetStore({ database: database(), keyRing });
    const kept = await Promise.all(all.map((key) => store.read(key)));
    return all.filter((_key, index) => kept[index] !== undefined);
  };

  it('forgets one identity', async () => {
    const store = await storeWithAll();
    await store.forget(identity);
    expect(await keptOf()).toEqual([github, otherUser, otherTenant]);
    await store.forget(identity);
  });

  it('forgets a user', async () => {
    await (await storeWithAll()).forgetOthers(identity.tenant, identity.userId, []);
    expect(await keptOf()).toEqual([otherUser, otherTenant]);
  });

  it('forgets the identities of a user that are not linked any more', async () => {
    const store = await storeWithAll();
    await store.forgetOthers(identity.tenant, identity.userId, [identity, github]);
    expect(await keptOf()).toEqual(all);
    await store.forgetOthers(identity.tenant, identity.userId, [github]);
    expect(await keptOf()).toEqual([github, otherUser, otherTenant]);
    await store.forgetOthers(identity.tenant, identity.userId, []);
    expect(await keptOf()).toEqual([otherUser, otherTenant]);
  });

  it.each(['forget', 'forgetOthers'] as const)(
    'lets a renewal under way keep nothing after %s',
    async (method) => {
      const store = createTokenSetStore({ database: database(), keyRing });
      const lease = await store.lease(identity, minute);
      if (lease === undefined) throw new Error('no lease');
      await store.markSent(lease, 'copy-1');
      if (method === 'forget') await store.forget(identity);
      if (method === 'forgetOthers') await store.forgetOthers(identity.tenant, identity.userId, [github]);
      expect(await store.read(identity)).toBeUndefined();
      expect(await store.complete(lease, { tokenSet: tokenSetOf('1'), basedOn: 'copy-1' })).toBe(false);
      expect(await store.read(identity)).toBeUndefined();
    },
  );
});
