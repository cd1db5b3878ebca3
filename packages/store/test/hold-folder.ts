/** A process that opens the database in a folder, says so or why not on standard output, and keeps it open. */
import process from 'node:process';
import { createTokenSetStore, openDatabase, openKeyRingFile, StoreError } from '../src/index.ts';
import { identity, tokenSetOf } from './samples.ts';

const [, , folder = '', keyFile] = process.argv;
try {
  const database = await openDatabase({ folder });
  if (keyFile !== undefined) {
    const store = createTokenSetStore({ database, keyRing: await openKeyRingFile(keyFile) });
    const lease = await store.lease(identity, 60_000);
    if (lease !== undefined) await store.complete(lease, { tokenSet: tokenSetOf('held'), basedOn: 'copy' });
  }
  console.log('open');
  setInterval(() => undefined, 60_000);
} catch (error) {
  console.log(error instanceof StoreError ? `${error.code}: ${error.message}` : 'unknown');
}
