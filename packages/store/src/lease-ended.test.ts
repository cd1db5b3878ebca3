import { expect, it } from 'vitest';
import { identity, keyRingOf, newKey, tokenSetOf } from '../test/samples.ts';
import { onEveryDatabase } from '../test/store-suite.ts';
import { createTokenSetStore } from './token-set-store.ts';

const keyRing = keyRingOf(newKey('k'));
const never = new AbortController().signal;

onEveryDatabase(({ database, anotherDatabase }) => {
  const two = async () => ({
    ours: createTokenSetStore({ database: database(), keyRing }),
    theirs: createTokenSetStore({ database: await anotherDatabase(), keyRing }),
  });

  it('resolves at once when there is no lease', async () => {
    const { ours } = await two();
    await ours.leaseEnded(identity, never);
  });

  it('does not resolve while the lease is in force, and wakes all who wait when it ends', async () => {
    const { ours, theirs } = await two();
    const lease = await ours.lease(identity, 60_000);
    let ended = 0;
    const waiters = [ours, theirs, ours, theirs].map((store) =>
      store.leaseEnded(identity, never).then(() => {
        ended += 1;
      }),
    );
    await theirs.leaseEnded({ ...identity, idpUserId: '1002' }, never);
    expect(ended).toBe(0);
    if (lease !== undefined) await ours.complete(lease, { tokenSet: tokenSetOf('1'), basedOn: 'copy-1' });
    await Promise.all(waiters);
    expect(await theirs.lease(identity, 60_000)).toBeDefined();
  });

  it('resolves when the time of the lease has run out, without a word of its holder', async () => {
    const { ours, theirs } = await two();
    await ours.lease(identity, 50);
    await theirs.leaseEnded(identity, never);
    expect(await theirs.lease(identity, 60_000)).toBeDefined();
  });

  it('resolves when what is kept is forgotten', async () => {
    const { ours, theirs } = await two();
    await ours.lease(identity, 60_000);
    const waiter = theirs.leaseEnded(identity, never);
    await ours.forget(identity);
    await waiter;
  });

  it('resolves when the signal aborts, before or during the wait', async () => {
    const { ours, theirs } = await two();
    await ours.lease(identity, 60_000);
    await theirs.leaseEnded(identity, AbortSignal.abort());
    const during = new AbortController();
    const waiter = theirs.leaseEnded(identity, during.signal);
    during.abort();
    await waiter;
    expect(await theirs.lease(identity, 60_000)).toBeUndefined();
  });
});
