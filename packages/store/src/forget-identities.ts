import type { IdentityKey, LinkedIdentity } from '@idp-relay/idp-tokens';
import { sql, type Expression, type Kysely, type SqlBool } from 'kysely';
import { identityColumns } from './identity-columns.ts';
import { notifyLeaseEnded } from './notify-lease-ended.ts';
import type { Schema } from './schema.ts';

/** Removes what is kept of one identity. */
export function forgetIdentity(database: Kysely<Schema>, key: IdentityKey): Promise<void> {
  return forgetWhere(database, sql<SqlBool>`${ofUser(key.tenant, key.userId)} and ${isIdentity(key)}`);
}

/** Removes what is kept of a user, but for the identities that are still linked. */
export function forgetOthers(
  database: Kysely<Schema>,
  tenant: string,
  userId: string,
  linked: readonly LinkedIdentity[],
): Promise<void> {
  const isLinked = sql.join([sql`false`, ...linked.map(isIdentity)], sql` or `);
  return forgetWhere(database, sql<SqlBool>`${ofUser(tenant, userId)} and not (${isLinked})`);
}

const ofUser = (tenant: string, userId: string) => sql<SqlBool>`tenant = ${tenant} and user_id = ${userId}`;
const isIdentity = (identity: LinkedIdentity) =>
  sql<SqlBool>`(connection = ${identity.connection} and idp_user_id = ${identity.idpUserId})`;

/**
 * The leases go first: a renewal that has not written yet cannot any more, and what one has just written is seen by the
 * statement after.
 */
async function forgetWhere(database: Kysely<Schema>, which: Expression<SqlBool>): Promise<void> {
  // Mostly there is nothing to forget, and this is called at every read of a profile.
  const kept = database.selectFrom('kept_identities').select('tenant').where(which);
  const any = await kept
    .unionAll(database.selectFrom('renewal_leases').select('tenant').where(which))
    .unionAll(database.selectFrom('observations').select('tenant').where(which))
    .limit(1)
    .executeTakeFirst();
  if (any === undefined) return;
  await database.transaction().execute(async (transaction) => {
    const leases = await transaction
      .deleteFrom('renewal_leases')
      .where(which)
      .returning(identityColumns)
      .execute();
    await transaction.deleteFrom('kept_identities').where(which).execute();
    await transaction.deleteFrom('observations').where(which).execute();
    for (const lease of leases) await notifyLeaseEnded(transaction, lease);
  });
}
