/**
 * Puts all kept token sets under the first of the encryption keys.
 * Environment: RELAY_ENCRYPTION_KEYS, and DATABASE_URL or RELAY_DATA_FOLDER.
 * Exit code 0: no row is under another key any more. 1: some are, or it failed.
 */
import process from 'node:process';
import { Secret } from '@idp-relay/idp-tokens';
import { z } from 'zod';
import { embeddedDatabaseFolder } from './data-folder.ts';
import { StoreError } from './errors.ts';
import { parseKeyRing } from './key-ring.ts';
import { openDatabase, type DatabaseOptions } from './open-database.ts';
import { rewrap } from './rewrap.ts';

const secret = z
  .string()
  .min(1)
  .transform((value) => new Secret(value));
const Environment = z.object({
  RELAY_ENCRYPTION_KEYS: secret,
  DATABASE_URL: secret.optional(),
  RELAY_DATA_FOLDER: z.string().min(1).optional(),
});

async function run(): Promise<boolean> {
  const environment = Environment.safeParse(process.env);
  const options = environment.success ? databaseOptions(environment.data) : undefined;
  if (!environment.success || options === undefined) {
    console.error('Set RELAY_ENCRYPTION_KEYS, and DATABASE_URL or RELAY_DATA_FOLDER.');
    return false;
  }
  const keyRing = parseKeyRing(environment.data.RELAY_ENCRYPTION_KEYS);
  const database = await openDatabase(options);
  try {
    const result = await rewrap(database, keyRing, ({ done, total }) => {
      console.log(`${done} of ${total} rows`);
    });
    for (const [keyId, count] of Object.entries(result.unreadable)) {
      console.error(`${count} rows under the key "${keyId}" do not open with the keys given.`);
    }
    console.log(
      result.remaining === 0
        ? `All rows are under the key "${keyRing.current.id}".`
        : `${result.remaining} rows are still under other keys.`,
    );
    return result.remaining === 0;
  } finally {
    await database.close();
  }
}

function databaseOptions(environment: z.infer<typeof Environment>): DatabaseOptions | undefined {
  if (environment.DATABASE_URL !== undefined) return { databaseUrl: environment.DATABASE_URL };
  if (environment.RELAY_DATA_FOLDER !== undefined)
    return { folder: embeddedDatabaseFolder(environment.RELAY_DATA_FOLDER) };
  return undefined;
}

try {
  process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof StoreError ? error.message : 'Failed for an unknown reason.');
  process.exitCode = 1;
}
