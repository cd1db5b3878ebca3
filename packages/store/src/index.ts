export { embeddedDatabaseFolder, keyRingFile } from './data-folder.ts';
export { createBudgetStore } from './budget-store.ts';
export type { Database } from './database.ts';
export {
  DatabaseFailedError,
  DatabaseLockedError,
  DatabaseUnavailableError,
  InvalidDatabaseUrlError,
  InvalidKeyRingError,
  MigrationFailedError,
  SealBrokenError,
  StoreError,
  UnknownKeyError,
  type StoreErrorCode,
} from './errors.ts';
export { openKeyRingFile } from './key-ring-file.ts';
export { parseKeyRing, type KeyRing, type NamedKey } from './key-ring.ts';
export { openDatabase, type DatabaseOptions, type EmbeddedOptions } from './open-database.ts';
export type { PostgresOptions } from './postgres-database.ts';
export { requireKnownKeys } from './require-known-keys.ts';
export { rewrap, type RewrapProgress, type RewrapResult } from './rewrap.ts';
export type {
  IdentityColumns,
  KeptIdentityTable,
  ManagementBudgetTable,
  ObservationTable,
  RenewalLeaseTable,
  Schema,
} from './schema.ts';
export { createObservationStore } from './observation-store.ts';
export { createTokenSetStore, type TokenSetStoreOptions } from './token-set-store.ts';
export { createUserChanges } from './user-changes.ts';
export type { WakeUps } from './wake-ups.ts';
