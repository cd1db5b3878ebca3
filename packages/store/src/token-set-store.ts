import { randomUUID } from 'node:crypto';
import type { RenewalLease, TokenSetStore } from '@idp-relay/idp-tokens';
import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import { forgetIdentity, forgetOthers } from './forget-identities.ts';
import { toColumns } from './identity-columns.ts';
import { keepFailure, keepRenewed, keepSent, readKept } from './kept-identities.ts';
import type { KeyRing } from './key-ring.ts';
import { leaseEnded } from './lease-ended.ts';
import { notifyLeaseEnded } from './notify-lease-ended.ts';
import { endLease, restartLease, takeLease } from './renewal-leases.ts';
import type { Schema } from './schema.ts';
import { sealTokenSet } from './sealed-token-set.ts';

/** What the store of token sets is made of. */
export interface TokenSetStoreOptions {
  readonly database: Database;
  readonly keyRing: KeyRing;
}

/**
 * Keeps token sets, sealed, in the database.
 * Its methods throw DatabaseUnavailableError and DatabaseFailedError.
 */
export function createTokenSetStore({ database, keyRing }: TokenSetStoreOptions): TokenSetStore {
  const { kysely } = database;
  const holder = randomUUID();

  /** Ends a lease together with what is written at its end: both are committed, or none. */
  const end = (
    lease: RenewalLease,
    write: (transaction: Kysely<Schema>) => Promise<void>,
  ): Promise<boolean> =>
    kysely.transaction().execute(async (transaction) => {
      if (!(await endLease(transaction, lease, holder))) return false;
      await write(transaction);
      await notifyLeaseEnded(transaction, toColumns(lease.key));
      return true;
    });

  const release = async (lease: RenewalLease): Promise<void> => {
    await end(lease, async () => undefined);
  };

  return {
    read: (key) => readKept(kysely, keyRing, key),
    lease: async (key, durationMs) => {
      const fence = await takeLease(kysely, toColumns(key), holder, durationMs);
      if (fence === undefined) return undefined;
      const lease = { key, fence, durationMs };
      try {
        const kept = await readKept(kysely, keyRing, key);
        return { ...lease, ...(kept && { kept }) };
      } catch (error) {
        // Who gets the error cannot give the lease back. If this fails as well, the lease runs out.
        await release(lease).catch(() => undefined);
        throw error;
      }
    },
    markSent: (lease, basedOn) =>
      kysely.transaction().execute(async (transaction) => {
        if (!(await restartLease(transaction, lease, holder))) return false;
        await keepSent(transaction, toColumns(lease.key), basedOn);
        return true;
      }),
    complete: (lease, { tokenSet, basedOn }) => {
      const envelope = sealTokenSet(keyRing, lease.key, tokenSet);
      return end(lease, (transaction) => keepRenewed(transaction, toColumns(lease.key), basedOn, envelope));
    },
    fail: (lease, failure) =>
      end(lease, (transaction) => keepFailure(transaction, toColumns(lease.key), failure)),
    release,
    leaseEnded: (key, signal) => leaseEnded(database, key, signal),
    forget: (key) => forgetIdentity(kysely, key),
    forgetOthers: (tenant, userId, linked) => forgetOthers(kysely, tenant, userId, linked),
  };
}
