import type { TokenSetStore } from '@idp-relay/idp-tokens';
import {
  createTokenSetStore,
  embeddedDatabaseFolder,
  keyRingFile,
  openDatabase,
  openKeyRingFile,
  parseKeyRing,
  requireKnownKeys,
} from '@idp-relay/store';
import type { Config } from '../config.ts';

/** The store of renewed tokens, open. */
export interface OpenTokenSets {
  readonly store: TokenSetStore;
  close(): Promise<void>;
}

/**
 * Opens the database of renewed tokens, a server or the embedded one, with the keys that its rows are encrypted under.
 * @throws StoreError with a message for people
 */
export async function openTokenSets({
  databaseUrl,
  folder,
  encryptionKeys,
}: Config['storage']): Promise<OpenTokenSets> {
  const keyRing =
    encryptionKeys === undefined ? await openKeyRingFile(keyRingFile(folder)) : parseKeyRing(encryptionKeys);
  const database = await openDatabase(
    databaseUrl === undefined ? { folder: embeddedDatabaseFolder(folder) } : { databaseUrl },
  );
  await requireKnownKeys(database, keyRing);
  return { store: createTokenSetStore({ database, keyRing }), close: () => database.close() };
}
