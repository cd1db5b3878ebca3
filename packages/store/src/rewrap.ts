import { sql } from 'kysely';
import type { Database } from './database.ts';
import { rewrapEnvelope } from './envelope.ts';
import { SealBrokenError, UnknownKeyError } from './errors.ts';
import { fromColumns, identityColumns } from './identity-columns.ts';
import { envelopeOf } from './kept-identities.ts';
import type { KeyRing } from './key-ring.ts';
import type { IdentityColumns } from './schema.ts';

const rowsPerBatch = 200;

/** How far re-wrapping came. */
export interface RewrapProgress {
  /** Rows that were not under the current key at the start. */
  readonly total: number;
  /** Rows looked at so far. */
  readonly done: number;
  /** Of these, rows that do not open, by the id of the key they name. They stay as they are. */
  readonly unreadable: Readonly<Record<string, number>>;
}

/** How re-wrapping ended. */
export interface RewrapResult extends RewrapProgress {
  /**
   * Rows that are not under the current key now: the unreadable ones, and those that a process with another current key
   * wrote meanwhile. 0: the other keys can be taken off the key ring.
   */
  readonly remaining: number;
}

/**
 * Puts the data keys of all rows under the key ring's current key. Contents are not decrypted. Processes may go on
 * reading and writing meanwhile; stopped half-way, it is just run again.
 * @param onProgress called after each batch
 * @throws DatabaseUnavailableError, DatabaseFailedError
 */
export async function rewrap(
  database: Database,
  keyRing: KeyRing,
  onProgress: (progress: RewrapProgress) => void = () => undefined,
): Promise<RewrapResult> {
  const total = await countOthers(database, keyRing);
  const unreadable = new Map<string, number>();
  let done = 0;
  let after: IdentityColumns | undefined;
  for (;;) {
    const rows = await nextBatch(database, keyRing, after);
    for (const row of rows) {
      const readable = await rewrapRow(database, keyRing, row);
      if (!readable) unreadable.set(row.key_id ?? '', (unreadable.get(row.key_id ?? '') ?? 0) + 1);
    }
    after = rows.at(-1);
    if (after === undefined) break;
    done += rows.length;
    onProgress({ total, done, unreadable: Object.fromEntries(unreadable) });
  }
  const remaining = await countOthers(database, keyRing);
  return { total, done, unreadable: Object.fromEntries(unreadable), remaining };
}

async function countOthers({ kysely }: Database, keyRing: KeyRing): Promise<number> {
  const { count } = await kysely
    .selectFrom('kept_identities')
    .select(sql<number>`count(*)::float8`.as('count'))
    .where('key_id', '!=', keyRing.current.id)
    .executeTakeFirstOrThrow();
  return count;
}

/** In the order of the primary key, so that a row which does not open is passed once and not met again. */
function nextBatch({ kysely }: Database, keyRing: KeyRing, after: IdentityColumns | undefined) {
  const rows = kysely
    .selectFrom('kept_identities')
    .select([...identityColumns, 'key_id', 'wrapped_key', 'sealed'])
    .where('key_id', '!=', keyRing.current.id)
    .orderBy('tenant')
    .orderBy('user_id')
    .orderBy('connection')
    .orderBy('idp_user_id')
    .limit(rowsPerBatch);
  if (after === undefined) return rows.execute();
  const { tenant, user_id, connection, idp_user_id } = after;
  return rows
    .where(
      sql<boolean>`(tenant, user_id, connection, idp_user_id) > (${tenant}, ${user_id}, ${connection}, ${idp_user_id})`,
    )
    .execute();
}

type Row = Awaited<ReturnType<typeof nextBatch>>[number];

/** False: the row does not open. */
async function rewrapRow({ kysely }: Database, keyRing: KeyRing, row: Row): Promise<boolean> {
  const old = envelopeOf(row);
  if (old === undefined) return true;
  const { tenant, user_id, connection, idp_user_id } = row;
  const identity = { tenant, user_id, connection, idp_user_id };
  try {
    const { keyId, wrappedKey } = rewrapEnvelope(keyRing, fromColumns(identity), old);
    await kysely
      .updateTable('kept_identities')
      .set({ key_id: keyId, wrapped_key: wrappedKey })
      // A row that was written meanwhile has another wrapped key, and is left alone.
      .where((column) => column.and({ ...identity, wrapped_key: old.wrappedKey }))
      .execute();
    return true;
  } catch (error) {
    if (error instanceof UnknownKeyError || error instanceof SealBrokenError) return false;
    throw error;
  }
}
