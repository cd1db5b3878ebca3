import { join } from 'node:path';

/** Where the embedded database of a data folder has its files. */
export function embeddedDatabaseFolder(dataFolder: string): string {
  return join(dataFolder, 'database');
}

/** The file with the encryption key that a data folder makes for itself. */
export function keyRingFile(dataFolder: string): string {
  return join(dataFolder, 'encryption-key');
}
