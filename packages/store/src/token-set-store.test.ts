import { Secret } from '@idp-relay/idp-tokens';
import { expect, it } from 'vitest';
import { identity, keyRingOf, newKey, revealed, tokenSetOf } from '../test/samples.ts';
import { onEveryDatabase } from '../test/store-suite.ts';
import { createTokenSetStore } from './token-set-store.ts';

const minute = 60_000;
const keyRing = keyRingOf(newKey('k'));
const someTime: unknown = expect.any(Number);

onEveryDatabase(({ database }) => {
  const open = () => createTokenSetStore({ database: database(), keyRing });
  const taken = async (store = open(), key = identity) => {
    const lease = await store.lease(key, minute);
    if (lease === undefined) throw new Error('no lease');
    return lease;
  };

  it('keeps nothing at first', async () => {
    expect(await open().read(identity)).toBeUndefined();
    expect(await taken()).not.toHaveProperty('kept');
  });

  it('gives back what a renewal brought', async () => {
    const store = open();
    const tokenSet = { ...tokenSetOf('1'), accessTokenSecret: new Secret('ünïcode ✓') };
    expect(await store.complete(await taken(store), { tokenSet, basedOn: 'copy-1' })).toBe(true);
    const kept = await store.read(identity);
    expect(kept).toMatchObject({ basedOn: 'copy-1', renewal: { failures: 0 } });
    expect(revealed(kept?.tokenSet)).toEqual(revealed(tokenSet));
    expect(Object.keys(kept?.renewal ?? {})).toEqual(['failures']);
    expect(revealed((await taken(store)).kept?.tokenSet)).toEqual(revealed(tokenSet));
  });

  it('gives back a token set of an access token alone', async () => {
    const store = open();
    const tokenSet = { accessToken: new Secret('a'), obtainedAt: 1 };
    await store.complete(await taken(store), { tokenSet, basedOn: 'copy-1' });
    expect(Object.keys((await store.read(identity))?.tokenSet ?? {})).toEqual(['accessToken', 'obtainedAt']);
  });

  it('counts failures of one copy and keeps its token set', async () => {
    const store = open();
    await store.complete(await taken(store), { tokenSet: tokenSetOf('1'), basedOn: 'copy-1' });
    await store.fail(await taken(store), {
      basedOn: 'copy-1',
      reason: 'timeout',
      nextAttemptAt: 1_790_000_000_123,
    });
    await store.fail(await taken(store), { basedOn: 'copy-1', reason: 'invalid_grant' });
    const kept = await store.read(identity);
    expect(kept?.renewal).toEqual({ failures: 2, reason: 'invalid_grant' });
    expect(revealed(kept?.tokenSet)).toEqual(revealed(tokenSetOf('1')));
  });

  it('counts from 1 again for another copy, and drops the token set of the one before', async () => {
    const store = open();
    await store.complete(await taken(store), { tokenSet: tokenSetOf('1'), basedOn: 'copy-1' });
    await store.fail(await taken(store), { basedOn: 'copy-1', reason: 'timeout' });
    await store.fail(await taken(store), {
      basedOn: 'copy-2',
      reason: 'timeout',
      nextAttemptAt: 1_790_000_000_123,
    });
    expect(await store.read(identity)).toEqual({
      basedOn: 'copy-2',
      renewal: { failures: 1, reason: 'timeout', nextAttemptAt: 1_790_000_000_123 },
      updatedAt: someTime,
    });
  });

  it('forgets the failures after a good renewal', async () => {
    const store = open();
    await store.fail(await taken(store), { basedOn: 'copy-1', reason: 'timeout', nextAttemptAt: 5 });
    await store.complete(await taken(store), { tokenSet: tokenSetOf('1'), basedOn: 'copy-1' });
    expect((await store.read(identity))?.renewal).toEqual({ failures: 0 });
  });

  it('remembers a request whose result was never recorded, until one is', async () => {
    const store = open();
    const lease = await taken(store);
    expect(await store.markSent(lease, 'copy-1')).toBe(true);
    expect(await store.read(identity)).toEqual({
      basedOn: 'copy-1',
      renewal: { failures: 0, sentAt: someTime },
      updatedAt: someTime,
    });
    await store.release(lease);
    const next = await taken(store);
    expect(next.kept?.renewal.sentAt).toBeTypeOf('number');
    await store.fail(next, { basedOn: 'copy-1', reason: 'answer_lost' });
    expect((await store.read(identity))?.renewal).toEqual({ failures: 1, reason: 'answer_lost' });
  });

  it('keeps the token set and the failures while a renewal of the same copy is under way', async () => {
    const store = open();
    await store.complete(await taken(store), { tokenSet: tokenSetOf('1'), basedOn: 'copy-1' });
    await store.fail(await taken(store), { basedOn: 'copy-1', reason: 'timeout', nextAttemptAt: 5 });
    const lease = await taken(store);
    await store.markSent(lease, 'copy-1');
    const kept = await store.read(identity);
    expect(kept?.renewal).toMatchObject({ failures: 1, reason: 'timeout', nextAttemptAt: 5 });
    expect(revealed(kept?.tokenSet)).toEqual(revealed(tokenSetOf('1')));
    await store.complete(lease, { tokenSet: tokenSetOf('2'), basedOn: 'copy-1' });
    expect((await store.read(identity))?.renewal).toEqual({ failures: 0 });
  });

  it('drops both when the renewal is of another copy', async () => {
    const store = open();
    await store.complete(await taken(store), { tokenSet: tokenSetOf('1'), basedOn: 'copy-1' });
    await store.fail(await taken(store), { basedOn: 'copy-1', reason: 'timeout', nextAttemptAt: 5 });
    await store.markSent(await taken(store), 'copy-2');
    expect(await store.read(identity)).toEqual({
      basedOn: 'copy-2',
      renewal: { failures: 0, sentAt: someTime },
      updatedAt: someTime,
    });
  });

  it('does not open a row that was copied to another identity', async () => {
    const store = open();
    const other = { ...identity, userId: 'google-oauth2|1002', idpUserId: '1002' };
    await store.complete(await taken(store), { tokenSet: tokenSetOf('1'), basedOn: 'copy-1' });
    await store.complete(await taken(store, other), { tokenSet: tokenSetOf('2'), basedOn: 'copy-1' });
    const { key_id, wrapped_key, sealed } = await database()
      .kysely.selectFrom('kept_identities')
      .selectAll()
      .where('idp_user_id', '=', '1001')
      .executeTakeFirstOrThrow();
    await database()
      .kysely.updateTable('kept_identities')
      .set({ key_id, wrapped_key, sealed })
      .where('idp_user_id', '=', '1002')
      .execute();
    expect(await store.read(other)).toMatchObject({ unreadable: 'seal_broken', basedOn: 'copy-1' });
    expect(revealed((await store.read(identity))?.tokenSet)).toEqual(revealed(tokenSetOf('1')));
  });

  it('says that a row with another byte in it does not open, and takes a new one', async () => {
    const store = open();
    await store.complete(await taken(store), { tokenSet: tokenSetOf('1'), basedOn: 'copy-1' });
    await database()
      .kysely.updateTable('kept_identities')
      .set((row) => ({ sealed: row.fn('set_byte', ['sealed', row.val(20), row.val(0)]) }))
      .execute();
    const unreadable = { unreadable: 'seal_broken', basedOn: 'copy-1', renewal: { failures: 0 } };
    expect(await store.read(identity)).toMatchObject(unreadable);
    expect(await store.read(identity)).not.toHaveProperty('tokenSet');
    const lease = await taken(store);
    expect(lease.kept).toMatchObject(unreadable);
    // The next renewal takes its place.
    await store.complete(lease, { tokenSet: tokenSetOf('2'), basedOn: 'copy-2' });
    expect(revealed((await store.read(identity))?.tokenSet)).toEqual(revealed(tokenSetOf('2')));
  });

  it('says that the key of a row is not there, and opens the row once it is back', async () => {
    const store = open();
    await store.complete(await taken(store), { tokenSet: tokenSetOf('1'), basedOn: 'copy-1' });
    const rotated = createTokenSetStore({ database: database(), keyRing: keyRingOf(newKey('other')) });
    expect(await rotated.read(identity)).toMatchObject({ unreadable: 'key_unknown', basedOn: 'copy-1' });
    expect(revealed((await store.read(identity))?.tokenSet)).toEqual(revealed(tokenSetOf('1')));
  });
});
