import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import type { WakeUps } from './wake-ups.ts';

/** An open database with its tables up to date, embedded or on a server; the SQL is the same. */
export interface Database {
  /** Runs statements. Its errors are {@link StoreError}s. */
  readonly kysely: Kysely<Schema>;
  readonly wakeUps: WakeUps;
  /** Gives back connections, files and locks. */
  close(): Promise<void>;
}
