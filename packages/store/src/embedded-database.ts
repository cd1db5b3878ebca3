import { join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { toStoreError } from './database-error.ts';
import type { Database } from './database.ts';
import { lockFolder } from './folder-lock.ts';
import { migrate } from './migrate.ts';
import { safeDialect } from './safe-dialect.ts';
import type { Schema } from './schema.ts';
import { createWakeUps, wakeUpChannel } from './wake-ups.ts';

/**
 * Opens PostgreSQL inside this process (PGlite), with its files in a folder. One process at a time: PGlite itself has no
 * lock, and two processes on one directory destroy it. So our own lock comes first.
 * @throws DatabaseLockedError, DatabaseFailedError, MigrationFailedError
 */
export async function openEmbeddedDatabase(folder: string): Promise<Database> {
  const absolute = resolve(folder);
  const lock = lockFolder(absolute);
  try {
    const pglite = await openPGlite(join(absolute, 'postgres'));
    const kysely = new Kysely<Schema>({ dialect: safeDialect(new PGliteDialect({ pglite })) });
    const close = async () => {
      await pglite.close().catch(rethrowSafely);
      lock.release();
    };
    await migrate(kysely).catch(async (error: unknown) => {
      await close();
      throw error;
    });
    const wakeUps = createWakeUps((onNotice) => pglite.listen(wakeUpChannel, onNotice));
    return { kysely, wakeUps, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function openPGlite(dataFolder: string): Promise<PGlite> {
  return PGlite.create(dataFolder).catch(rethrowSafely);
}

function rethrowSafely(error: unknown): never {
  throw toStoreError(error);
}
