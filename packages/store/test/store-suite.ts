import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { sql } from 'kysely';
import { openDatabase, type Database } from '../src/index.ts';
import { databaseKinds, type DatabaseKind, type DatabasePlace } from './databases.ts';

/** What the tests of a suite find; the database is empty at the start of each. */
export interface SuiteContext {
  readonly kind: DatabaseKind;
  readonly place: () => DatabasePlace;
  readonly database: () => Database;
  /** Another way in, as another process has it. The embedded database has one only, and gives it again. */
  readonly anotherDatabase: () => Promise<Database>;
}

/** Runs the same tests on every kind of database that the machine has. */
export function onEveryDatabase(tests: (context: SuiteContext) => void): void {
  describe.each(databaseKinds)('on $name', (kind) => {
    let place: DatabasePlace;
    let opened: Database[] = [];
    const open = async (): Promise<Database> => {
      const database = await openDatabase(place.options);
      opened.push(database);
      return database;
    };
    const first = (): Database => {
      const [database] = opened;
      if (database === undefined) throw new Error('not open');
      return database;
    };

    beforeAll(async () => {
      place = await kind.make();
      await open();
    }, 60_000);
    beforeEach(() =>
      sql`truncate kept_identities, renewal_leases, observations, management_budgets`.execute(first().kysely),
    );
    afterAll(async () => {
      await Promise.all(opened.map((database) => database.close()));
      opened = [];
      await place.remove();
    }, 60_000);

    tests({
      kind,
      place: () => place,
      database: first,
      anotherDatabase: () => (kind.shared ? open() : Promise.resolve(first())),
    });
  });
}
