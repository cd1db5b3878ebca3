import type { BudgetStore, ObservationStore, TokenSetStore, UserChanges } from '@idp-relay/idp-tokens';
import {
  createBudgetStore,
  createObservationStore,
  createTokenSetStore,
  createUserChanges,
  embeddedDatabaseFolder,
  keyRingFile,
  openDatabase,
  openKeyRingFile,
  parseKeyRing,
  requireKnownKeys,
} from '@idp-relay/store';
import type { Config } from '../config.ts';

/** What the relay keeps, and how its processes speak with each other: all in one database. */
export interface Storage {
  readonly tokenSets: TokenSetStore;
  readonly observations: ObservationStore;
  /** How much of the Management API's rate limit is left; left out where one process has the database, and all of it, for itself. */
  readonly budget?: BudgetStore;
  /** One for each relay that shares the database; it hears of the others' changes alone. @param tenant the tenant's domain */
  userChanges(tenant: string): UserChanges;
}

/** {@link Storage} that somebody has to close. */
export interface OpenStorage extends Storage {
  close(): Promise<void>;
}

/**
 * Opens the database, a server or the embedded one, with the keys that its rows are encrypted under.
 * @throws StoreError with a message for people
 */
export async function openStorage({
  databaseUrl,
  folder,
  encryptionKeys,
}: Config['storage']): Promise<OpenStorage> {
  const keyRing =
    encryptionKeys === undefined ? await openKeyRingFile(keyRingFile(folder)) : parseKeyRing(encryptionKeys);
  const database = await openDatabase(
    databaseUrl === undefined ? { folder: embeddedDatabaseFolder(folder) } : { databaseUrl },
  );
  await requireKnownKeys(database, keyRing);
  return {
    tokenSets: createTokenSetStore({ database, keyRing }),
    observations: createObservationStore(database),
    ...(databaseUrl !== undefined && { budget: createBudgetStore(database) }),
    userChanges: (tenant) => createUserChanges(database, tenant),
    close: () => database.close(),
  };
}
