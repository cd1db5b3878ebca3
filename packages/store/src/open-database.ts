import type { Database } from './database.ts';
import { openEmbeddedDatabase } from './embedded-database.ts';
import { openPostgresDatabase, type PostgresOptions } from './postgres-database.ts';

/** Where the embedded database keeps its files. */
export interface EmbeddedOptions {
  readonly folder: string;
}

/** A Postgres server, or an embedded database in a folder. */
export type DatabaseOptions = PostgresOptions | EmbeddedOptions;

/**
 * Opens the database and brings its tables up to date.
 * @throws DatabaseLockedError (folder), InvalidDatabaseUrlError and DatabaseUnavailableError (server),
 *   DatabaseFailedError, MigrationFailedError
 */
export function openDatabase(options: DatabaseOptions): Promise<Database> {
  return 'folder' in options ? openEmbeddedDatabase(options.folder) : openPostgresDatabase(options);
}
