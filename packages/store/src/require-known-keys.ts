import type { Database } from './database.ts';
import type { KeyRing } from './key-ring.ts';

/**
 * Looks whether the key ring has every key that rows are encrypted under, so that a key that was taken away too early is told
 * at the start and not by the first user whose row does not open.
 * @throws UnknownKeyError, DatabaseUnavailableError, DatabaseFailedError
 */
export async function requireKnownKeys({ kysely }: Database, keyRing: KeyRing): Promise<void> {
  const rows = await kysely
    .selectFrom('kept_identities')
    .select('key_id')
    .distinct()
    .where('key_id', 'is not', null)
    .execute();
  for (const { key_id: id } of rows) if (id !== null) keyRing.find(id);
}
