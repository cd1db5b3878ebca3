import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { identity, keyRingOf, newKey, revealed, tokenSetOf } from '../test/samples.ts';
import { onEveryDatabase } from '../test/store-suite.ts';
import type { Database } from './database.ts';
import { rewrap, type RewrapProgress } from './rewrap.ts';
import { createTokenSetStore } from './token-set-store.ts';

const old = newKey('old');
const current = newKey('new');
const user = (number: number) => ({ ...identity, idpUserId: `${number}` });

async function keep(database: Database, keys: string, from: number, to: number): Promise<void> {
  const store = createTokenSetStore({ database, keyRing: keyRingOf(keys) });
  for (let number = from; number < to; number += 1) {
    const lease = await store.lease(user(number), 60_000);
    if (lease === undefined) throw new Error('no lease');
    await store.complete(lease, { tokenSet: tokenSetOf(`${number}`), basedOn: 'copy-1' });
  }
}

onEveryDatabase(({ database }) => {
  const keyIds = async () => {
    const rows = await database().kysely.selectFrom('kept_identities').select('key_id').distinct().execute();
    return rows.map((row) => row.key_id).sort();
  };

  it('puts all rows under the current key, in batches, and has nothing to do afterwards', async () => {
    await keep(database(), old, 0, 250);
    await keep(database(), current, 250, 255);
    const keyRing = keyRingOf(current, old);
    const progress: RewrapProgress[] = [];
    const result = await rewrap(database(), keyRing, (step) => progress.push(step));
    expect(result).toEqual({ total: 250, done: 250, unreadable: {}, remaining: 0 });
    expect(progress.map((step) => step.done)).toEqual([200, 250]);
    expect(await keyIds()).toEqual(['new']);
    const store = createTokenSetStore({ database: database(), keyRing: keyRingOf(current) });
    for (const number of [0, 199, 200, 249, 254]) {
      expect(revealed((await store.read(user(number)))?.tokenSet)).toEqual(revealed(tokenSetOf(`${number}`)));
    }
    expect(await rewrap(database(), keyRing)).toMatchObject({ total: 0, remaining: 0 });
  }, 60_000);

  it('opens old rows and writes new ones under the new key before anything is re-wrapped', async () => {
    await keep(database(), old, 0, 2);
    const store = createTokenSetStore({ database: database(), keyRing: keyRingOf(current, old) });
    expect(revealed((await store.read(user(1)))?.tokenSet)).toEqual(revealed(tokenSetOf('1')));
    await keep(database(), `${current},${old}`, 1, 2);
    expect(await keyIds()).toEqual(['new', 'old']);
  });

  it('goes on past rows that do not open, and says how many there are of which key', async () => {
    await keep(database(), old, 0, 3);
    await keep(database(), newKey('lost'), 3, 5);
    await database()
      .kysely.updateTable('kept_identities')
      .set({ wrapped_key: Buffer.from('nonsense') })
      .where('idp_user_id', '=', '1')
      .execute();
    const result = await rewrap(database(), keyRingOf(current, old));
    expect(result).toEqual({ total: 5, done: 5, unreadable: { lost: 2, old: 1 }, remaining: 3 });
    const store = createTokenSetStore({ database: database(), keyRing: keyRingOf(current) });
    expect(await store.read(user(4))).toMatchObject({ unreadable: 'key_unknown' });
    expect(revealed((await store.read(user(2)))?.tokenSet)).toEqual(revealed(tokenSetOf('2')));
  });

  it('leaves rows without a token set alone', async () => {
    const store = createTokenSetStore({ database: database(), keyRing: keyRingOf(old) });
    const lease = await store.lease(identity, 60_000);
    if (lease !== undefined) await store.fail(lease, { basedOn: 'copy-1', reason: 'timeout' });
    expect(await rewrap(database(), keyRingOf(current, old))).toMatchObject({ total: 0, remaining: 0 });
  });

  it('goes on where it was stopped', async () => {
    await keep(database(), old, 0, 201);
    const keyRing = keyRingOf(current, old);
    const stop = () => {
      throw new Error('stopped');
    };
    await expect(rewrap(database(), keyRing, stop)).rejects.toThrow('stopped');
    expect(await rewrap(database(), keyRing)).toMatchObject({ total: 1, remaining: 0 });
  }, 60_000);

  it('loses nothing that is written meanwhile', async () => {
    await keep(database(), old, 0, 100);
    await Promise.all([
      rewrap(database(), keyRingOf(current, old)),
      keep(database(), `${current},${old}`, 50, 100),
      rewrap(database(), keyRingOf(current, old)),
    ]);
    const store = createTokenSetStore({ database: database(), keyRing: keyRingOf(current) });
    const kept = await Promise.all(Array.from({ length: 100 }, (_, number) => store.read(user(number))));
    expect(kept.map((each) => each?.tokenSet?.accessToken.reveal())).toEqual(
      kept.map((_, number) => `access-${number}`),
    );
    const { rows } = await sql`select from kept_identities where key_id = 'old'`.execute(database().kysely);
    expect(rows).toEqual([]);
  }, 60_000);
});
