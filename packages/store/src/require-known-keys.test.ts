import { expect, it } from 'vitest';
import { databaseKinds } from '../test/databases.ts';
import { identity, keyRingOf, newKey, tokenSetOf } from '../test/samples.ts';
import { UnknownKeyError } from './errors.ts';
import { openDatabase } from './open-database.ts';
import { requireKnownKeys } from './require-known-keys.ts';
import { createTokenSetStore } from './token-set-store.ts';

it.each(databaseKinds)(
  'names the key that is missing, on $name',
  async (kind) => {
    const place = await kind.make();
    const database = await openDatabase(place.options);
    const [old, current] = [newKey('old'), newKey('new')];
    await requireKnownKeys(database, keyRingOf(current));
    const store = createTokenSetStore({ database, keyRing: keyRingOf(old) });
    const lease = await store.lease(identity, 60_000);
    if (lease !== undefined) await store.complete(lease, { tokenSet: tokenSetOf('1'), basedOn: 'copy-1' });
    await requireKnownKeys(database, keyRingOf(current, old));
    await expect(requireKnownKeys(database, keyRingOf(current))).rejects.toThrow(UnknownKeyError);
    await database.close();
    await place.remove();
  },
  60_000,
);
