import { execFile } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { databaseKinds } from '../test/databases.ts';
import { identity, keyRingOf, newKey, tokenSetOf } from '../test/samples.ts';
import { embeddedDatabaseFolder } from './data-folder.ts';
import { openDatabase } from './open-database.ts';
import { createTokenSetStore } from './token-set-store.ts';

interface Ran {
  readonly code: number;
  readonly output: string;
}

/** Runs the command as a person does. */
function run(environment: Record<string, string>): Promise<Ran> {
  const script = fileURLToPath(new URL('rewrap-command.ts', import.meta.url));
  const { PATH = '' } = process.env;
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [script],
      { env: { PATH, ...environment } },
      (_error, out, err) => {
        resolve({ code: child.exitCode ?? -1, output: out + err });
      },
    );
  });
}

it.each(databaseKinds)(
  're-wraps on $name, and its exit code tells whether all is done',
  async (kind) => {
    const place = await kind.make();
    const [old, current] = [newKey('old'), newKey('new')];
    const options =
      'folder' in place.options ? { folder: embeddedDatabaseFolder(place.options.folder) } : place.options;
    const database = await openDatabase(options);
    const store = createTokenSetStore({ database, keyRing: keyRingOf(old) });
    const lease = await store.lease(identity, 60_000);
    if (lease !== undefined) await store.complete(lease, { tokenSet: tokenSetOf('1'), basedOn: 'copy-1' });
    await database.close();
    const where: Record<string, string> =
      'folder' in place.options
        ? { RELAY_DATA_FOLDER: place.options.folder }
        : { DATABASE_URL: place.options.databaseUrl.reveal() };

    const without = await run({ ...where, RELAY_ENCRYPTION_KEYS: current });
    expect(without).toMatchObject({ code: 1 });
    expect(without.output).toContain('"old"');
    const both = await run({ ...where, RELAY_ENCRYPTION_KEYS: `${current},${old}` });
    expect(both).toEqual({ code: 0, output: '1 of 1 rows\nAll rows are under the key "new".\n' });
    await place.remove();
  },
  120_000,
);

it('says what it needs, and nothing of what it was given', async () => {
  expect(await run({})).toMatchObject({ code: 1 });
  const bad = await run({ RELAY_ENCRYPTION_KEYS: 'canary-key', DATABASE_URL: 'canary-url' });
  expect(bad.code).toBe(1);
  expect(bad.output).toContain('id:base64');
  const url = await run({ RELAY_ENCRYPTION_KEYS: newKey('k'), DATABASE_URL: 'canary-url' });
  expect(url.output).toContain('postgres://');
  expect(bad.output + url.output).not.toContain('canary');
}, 60_000);
