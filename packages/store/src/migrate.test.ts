import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { databaseKinds, server } from '../test/databases.ts';
import { MigrationFailedError } from './errors.ts';
import { openDatabase } from './open-database.ts';

describe.each(databaseKinds)('on $name', (kind) => {
  it('leaves what is there when it is opened again, and refuses tables of a newer version', async () => {
    const place = await kind.make();
    const first = await openDatabase(place.options);
    const row = { tenant: 't', user_id: 'u', connection: 'c', idp_user_id: 'i', based_on: 'b' };
    await first.kysely.insertInto('kept_identities').values(row).execute();
    await first.close();

    const second = await openDatabase(place.options);
    expect(await second.kysely.selectFrom('kept_identities').selectAll().execute()).toMatchObject([row]);
    await sql`insert into kysely_migration values ('999-of-the-future', '2030-01-01')`.execute(second.kysely);
    await second.close();

    const refused = openDatabase(place.options);
    await expect(refused).rejects.toThrow(MigrationFailedError);
    await expect(refused).rejects.toThrow('999-of-the-future');
    // The folder and the connections were given back.
    await expect(openDatabase(place.options)).rejects.toThrow(MigrationFailedError);
    await place.remove();
  }, 120_000);

  it('keeps an envelope whole', async () => {
    const place = await kind.make();
    const database = await openDatabase(place.options);
    const row = { tenant: 't', user_id: 'u', connection: 'c', idp_user_id: 'i', based_on: 'b', key_id: 'k' };
    const half = database.kysely.insertInto('kept_identities').values(row).execute();
    await expect(half).rejects.toMatchObject({ code: 'database_failed', reason: '23514' });
    await database.close();
    await place.remove();
  }, 60_000);
});

it.skipIf(server === undefined)(
  'lets many start on an empty server at once',
  async () => {
    const place = await server?.make();
    if (place === undefined) throw new Error('no server');
    const opened = await Promise.all(Array.from({ length: 12 }, () => openDatabase(place.options)));
    const applied = await sql<{ name: string }>`select name from kysely_migration`.execute(
      opened[0]?.kysely ?? expect.fail('not open'),
    );
    expect(applied.rows.map((row) => row.name)).toEqual([
      '001-token-sets',
      '002-observations',
      '003-management-budgets',
    ]);
    await Promise.all(opened.map((database) => database.close()));
    await place.remove();
  },
  60_000,
);
