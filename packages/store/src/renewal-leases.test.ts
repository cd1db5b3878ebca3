import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { identity, keyRingOf, newKey, revealed, tokenSetOf } from '../test/samples.ts';
import { onEveryDatabase } from '../test/store-suite.ts';
import { createTokenSetStore } from './token-set-store.ts';

const minute = 60_000;
const keyRing = keyRingOf(newKey('k'));
const renewed = (word: string) => ({ tokenSet: tokenSetOf(word), basedOn: 'copy-1' });

onEveryDatabase(({ database, anotherDatabase }) => {
  /** Two stores, as two processes have them. */
  const two = async () => {
    const ours = createTokenSetStore({ database: database(), keyRing });
    const theirs = createTokenSetStore({ database: await anotherDatabase(), keyRing });
    return { ours, theirs };
  };
  /** Lets the time of all leases run out. */
  const runOut = () =>
    database()
      .kysely.updateTable('renewal_leases')
      .set({ ends_at: sql<Date>`clock_timestamp() - interval '1 millisecond'` })
      .execute();
  const must = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('no lease');
    return value;
  };

  it('has one holder at a time, until it is released', async () => {
    const { ours, theirs } = await two();
    const lease = must(await ours.lease(identity, minute));
    expect(await theirs.lease(identity, minute)).toBeUndefined();
    expect(await ours.lease(identity, minute)).toBeUndefined();
    await ours.release(lease);
    const next = must(await theirs.lease(identity, minute));
    expect(next.fence).toBeGreaterThan(lease.fence);
  });

  it('is of one identity', async () => {
    const { ours, theirs } = await two();
    must(await ours.lease(identity, minute));
    expect(await theirs.lease({ ...identity, idpUserId: '1002' }, minute)).toBeDefined();
  });

  it('ends with what is written at its end', async () => {
    const { ours, theirs } = await two();
    await ours.complete(must(await ours.lease(identity, minute)), renewed('1'));
    await theirs.fail(must(await theirs.lease(identity, minute)), { basedOn: 'copy-1', reason: 'timeout' });
    expect(await ours.lease(identity, minute)).toBeDefined();
  });

  it('is taken over when its time has run out, and a late holder writes nothing', async () => {
    const { ours, theirs } = await two();
    const late = must(await ours.lease(identity, minute));
    await runOut();
    const next = must(await theirs.lease(identity, minute));
    expect(next.fence).toBeGreaterThan(late.fence);

    expect(await ours.markSent(late, 'late')).toBe(false);
    expect(await ours.complete(late, renewed('late'))).toBe(false);
    expect(await ours.fail(late, { basedOn: 'late', reason: 'late' })).toBe(false);
    await ours.release(late);
    expect(await ours.read(identity)).toBeUndefined();

    expect(await theirs.complete(next, renewed('next'))).toBe(true);
    expect(await ours.complete(late, renewed('late'))).toBe(false);
    expect(revealed((await ours.read(identity))?.tokenSet)).toEqual(revealed(tokenSetOf('next')));
  });

  it('tells the late and the new lease of one process apart', async () => {
    const { ours } = await two();
    const late = must(await ours.lease(identity, minute));
    await runOut();
    const next = must(await ours.lease(identity, minute));
    expect(await ours.markSent(late, 'late')).toBe(false);
    expect(await ours.fail(late, { basedOn: 'late', reason: 'late' })).toBe(false);
    expect(await ours.complete(late, renewed('late'))).toBe(false);
    expect(await ours.complete(next, renewed('next'))).toBe(true);
  });

  it('does not pass to another store that knows its fence', async () => {
    const { ours, theirs } = await two();
    const lease = must(await ours.lease(identity, minute));
    const other = createTokenSetStore({ database: database(), keyRing });
    expect(await other.complete(lease, renewed('stolen'))).toBe(false);
    expect(await theirs.lease(identity, minute)).toBeUndefined();
  });

  it('keeps a late result when nobody took over, but lets nothing be sent any more', async () => {
    const { ours } = await two();
    const late = must(await ours.lease(identity, minute));
    await runOut();
    expect(await ours.markSent(late, 'copy-1')).toBe(false);
    expect(await ours.complete(late, renewed('late'))).toBe(true);
    expect(await ours.complete(late, renewed('twice'))).toBe(false);
    expect(revealed((await ours.read(identity))?.tokenSet)).toEqual(revealed(tokenSetOf('late')));
  });

  it('starts anew when the request is about to be sent', async () => {
    const { ours } = await two();
    const lease = must(await ours.lease(identity, minute));
    const soon = sql<Date>`clock_timestamp() + interval '20 seconds'`;
    await database().kysely.updateTable('renewal_leases').set({ ends_at: soon }).execute();
    await ours.markSent(lease, 'copy-1');
    const { restarted } = await database()
      .kysely.selectFrom('renewal_leases')
      .select(sql<boolean>`ends_at > clock_timestamp() + interval '30 seconds'`.as('restarted'))
      .executeTakeFirstOrThrow();
    expect(restarted).toBe(true);
  });

  it('tells the next holder of a request whose sender died', async () => {
    const { ours, theirs } = await two();
    await ours.complete(must(await ours.lease(identity, minute)), renewed('1'));
    await ours.markSent(must(await ours.lease(identity, minute)), 'copy-1');
    await runOut();
    const next = must(await theirs.lease(identity, minute));
    expect(next.kept?.renewal.sentAt).toBeTypeOf('number');
    expect(revealed(next.kept?.tokenSet)).toEqual(revealed(tokenSetOf('1')));
  });

  it('is given to exactly one of fifty who ask at once, new or taken over', async () => {
    const databases = [database(), ...(await Promise.all([1, 2, 3].map(() => anotherDatabase())))];
    const stores = databases.map((each) => createTokenSetStore({ database: each, keyRing }));
    for (let round = 0; round < 5; round += 1) {
      const asked = Array.from({ length: 50 }, async (_, index) =>
        stores[index % 4]?.lease(identity, minute),
      );
      const leases = (await Promise.all(asked)).filter((lease) => lease !== undefined);
      expect(leases).toHaveLength(1);
      await runOut();
    }
  });

  it('never lets two complete, however takers and finishers meet', async () => {
    const { ours, theirs } = await two();
    for (let round = 0; round < 20; round += 1) {
      const late = must(await ours.lease(identity, minute));
      await runOut();
      const word = `late-${round}`;
      const [kept, next] = await Promise.all([
        ours.complete(late, renewed(word)),
        theirs.lease(identity, minute),
      ]);
      // Either the late one was first, and the next holder sees what it kept; or it lost, and kept nothing.
      const seen = next?.kept?.tokenSet?.accessToken.reveal();
      if (next !== undefined) expect(seen === `access-${word}`).toBe(kept);
      else expect(kept).toBe(true);
      if (next !== undefined) await theirs.release(next);
    }
  });
});
