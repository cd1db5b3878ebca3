import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { MigrationFailedError, StoreError } from './errors.ts';
import { tokenSets } from './migrations/001-token-sets.ts';
import { observations } from './migrations/002-observations.ts';
import { managementBudgets } from './migrations/003-management-budgets.ts';
import type { Schema } from './schema.ts';

/** In order, by name. A migration that was released is never changed. */
const migrations = {
  '001-token-sets': tokenSets,
  '002-observations': observations,
  '003-management-budgets': managementBudgets,
};

/**
 * Brings the tables up to date. Processes that start at once wait for each other, by Kysely's advisory lock.
 * @throws MigrationFailedError also for tables that a newer version of the program made; DatabaseUnavailableError
 */
export async function migrate(database: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof StoreError && error.code === 'database_unavailable') throw error;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName;
  // Kysely's own messages name migrations and nothing else.
  const reason = error instanceof Error ? error.message : 'for an unknown reason';
  throw new MigrationFailedError(failed === undefined ? reason : `${failed}: ${reason}`);
}
