import type { RenewalLease } from '@idp-relay/idp-tokens';
import { sql, type Kysely } from 'kysely';
import { identityColumns, toColumns } from './identity-columns.ts';
import type { IdentityColumns, Schema } from './schema.ts';

/** `clock_timestamp()` and not `now()`: a statement may have waited for a row since its transaction began. */
const clock = sql<Date>`clock_timestamp()`;
const endsIn = (milliseconds: number) =>
  sql<Date>`${clock} + ${milliseconds}::float8 * interval '1 millisecond'`;

/**
 * Takes the lease of an identity in one statement, when nobody's is in force.
 * @returns its fence, or undefined
 */
export async function takeLease(
  database: Kysely<Schema>,
  identity: IdentityColumns,
  holder: string,
  durationMs: number,
): Promise<number | undefined> {
  const taken = await database
    .insertInto('renewal_leases')
    .values({ ...identity, holder, ends_at: endsIn(durationMs) })
    .onConflict((conflict) =>
      conflict
        .columns(identityColumns)
        .doUpdateSet({ holder, fence: sql<number>`nextval('renewal_fence')`, ends_at: endsIn(durationMs) })
        .where('renewal_leases.ends_at', '<=', clock),
    )
    .returning('fence')
    .executeTakeFirst();
  return taken === undefined ? undefined : Number(taken.fence);
}

/** Starts a lease's duration anew. False: it is over, even when nobody else took it yet. */
export async function restartLease(
  database: Kysely<Schema>,
  lease: RenewalLease,
  holder: string,
): Promise<boolean> {
  const restarted = await database
    .updateTable('renewal_leases')
    .set({ ends_at: endsIn(lease.durationMs) })
    .where((row) => row.and({ ...toColumns(lease.key), holder, fence: lease.fence }))
    .where('ends_at', '>', clock)
    .returning('fence')
    .executeTakeFirst();
  return restarted !== undefined;
}

/** Ends a lease. False: it was lost to another holder, or ended before. */
export async function endLease(
  database: Kysely<Schema>,
  lease: RenewalLease,
  holder: string,
): Promise<boolean> {
  const ended = await database
    .deleteFrom('renewal_leases')
    .where((row) => row.and({ ...toColumns(lease.key), holder, fence: lease.fence }))
    .returning('fence')
    .executeTakeFirst();
  return ended !== undefined;
}

/** Milliseconds until the lease of an identity ends; 0 when none is in force. */
export async function remainingMs(database: Kysely<Schema>, identity: IdentityColumns): Promise<number> {
  const lease = await database
    .selectFrom('renewal_leases')
    .select(sql<number>`(extract(epoch from ends_at - ${clock}) * 1000)::float8`.as('remaining'))
    .where((row) => row.and({ ...identity }))
    .executeTakeFirst();
  return Math.max(0, lease?.remaining ?? 0);
}
