import type { IdentityKey, KeptIdentity, RenewalFailure } from '@idp-relay/idp-tokens';
import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely';
import type { Envelope } from './envelope.ts';
import { SealBrokenError, UnknownKeyError } from './errors.ts';
import { identityColumns, toColumns } from './identity-columns.ts';
import type { KeyRing } from './key-ring.ts';
import type { IdentityColumns, KeptIdentityTable, Schema } from './schema.ts';
import { unsealTokenSet } from './sealed-token-set.ts';

const clock = sql<Date>`clock_timestamp()`;
const sameCopy = sql<boolean>`kept_identities.based_on = excluded.based_on`;

/** Reads what is kept of an identity, and opens it; says so where it does not open. */
export async function readKept(
  database: Kysely<Schema>,
  keyRing: KeyRing,
  key: IdentityKey,
): Promise<KeptIdentity | undefined> {
  const row = await database
    .selectFrom('kept_identities')
    .selectAll()
    .where((column) => column.and({ ...toColumns(key) }))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const envelope = envelopeOf(row);
  return {
    ...(envelope && open(keyRing, key, envelope)),
    basedOn: row.based_on,
    renewal: {
      failures: row.failures,
      ...(row.failure_reason !== null && { reason: row.failure_reason }),
      ...(row.next_attempt_at && { nextAttemptAt: row.next_attempt_at.getTime() }),
      ...(row.sent_at && { sentAt: row.sent_at.getTime() }),
    },
    updatedAt: row.updated_at.getTime(),
  };
}

function open(
  keyRing: KeyRing,
  key: IdentityKey,
  envelope: Envelope,
): Pick<KeptIdentity, 'tokenSet' | 'unreadable'> {
  try {
    return { tokenSet: unsealTokenSet(keyRing, key, envelope) };
  } catch (error) {
    if (error instanceof UnknownKeyError || error instanceof SealBrokenError)
      return { unreadable: error.code };
    throw error;
  }
}

/** The envelope of a row; undefined when it has none. */
export function envelopeOf(
  row: Pick<Selectable<KeptIdentityTable>, 'key_id' | 'wrapped_key' | 'sealed'>,
): Envelope | undefined {
  if (row.key_id === null || row.wrapped_key === null || row.sealed === null) return undefined;
  return { keyId: row.key_id, wrappedKey: row.wrapped_key, sealed: row.sealed };
}

/** Records that a renewal is about to be sent; drops what stems from another copy. */
export async function keepSent(
  database: Kysely<Schema>,
  identity: IdentityColumns,
  basedOn: string,
): Promise<void> {
  await database
    .insertInto('kept_identities')
    .values({ ...identity, based_on: basedOn, sent_at: clock })
    .onConflict((conflict) =>
      conflict.columns(identityColumns).doUpdateSet({
        based_on: basedOn,
        ...envelopeOfSameCopy(),
        failures: sql<number>`case when ${sameCopy} then kept_identities.failures else 0 end`,
        failure_reason: ofSameCopy('failure_reason'),
        next_attempt_at: ofSameCopy('next_attempt_at'),
        sent_at: clock,
        updated_at: clock,
      }),
    )
    .execute();
}

/** Keeps a renewed token set, and no failure any more. */
export async function keepRenewed(
  database: Kysely<Schema>,
  identity: IdentityColumns,
  basedOn: string,
  envelope: Envelope,
): Promise<void> {
  const kept = {
    based_on: basedOn,
    key_id: envelope.keyId,
    wrapped_key: envelope.wrappedKey,
    sealed: envelope.sealed,
    failures: 0,
    failure_reason: null,
    next_attempt_at: null,
    sent_at: null,
    updated_at: clock,
  };
  await database
    .insertInto('kept_identities')
    .values({ ...identity, ...kept })
    .onConflict((conflict) => conflict.columns(identityColumns).doUpdateSet(kept))
    .execute();
}

/** Counts a failure; drops what stems from another copy. */
export async function keepFailure(
  database: Kysely<Schema>,
  identity: IdentityColumns,
  failure: RenewalFailure,
): Promise<void> {
  const kept = {
    based_on: failure.basedOn,
    failure_reason: failure.reason,
    next_attempt_at: failure.nextAttemptAt === undefined ? null : new Date(failure.nextAttemptAt),
    sent_at: null,
    updated_at: clock,
  };
  await database
    .insertInto('kept_identities')
    .values({ ...identity, ...kept, failures: 1 })
    .onConflict((conflict) =>
      conflict.columns(identityColumns).doUpdateSet({
        ...kept,
        ...envelopeOfSameCopy(),
        failures: sql<number>`case when ${sameCopy} then kept_identities.failures else 0 end + 1`,
      }),
    )
    .execute();
}

/** A column's value if the row stems from the copy that is being written, and null otherwise. */
function ofSameCopy<Column extends keyof KeptIdentityTable>(
  column: Column,
): RawBuilder<Selectable<KeptIdentityTable>[Column]> {
  return sql`case when ${sameCopy} then kept_identities.${sql.ref(column)} end`;
}

function envelopeOfSameCopy() {
  return {
    key_id: ofSameCopy('key_id'),
    wrapped_key: ofSameCopy('wrapped_key'),
    sealed: ofSameCopy('sealed'),
  };
}
