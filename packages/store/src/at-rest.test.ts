import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@idp-relay/idp-tokens';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { identity, keyRingOf, newKey } from '../test/samples.ts';
import { onEveryDatabase } from '../test/store-suite.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';
import { createTokenSetStore } from './token-set-store.ts';

const canaries = ['canary-access-7f3k', 'canary-secret-9x2m', 'canary-refresh-4h8q'];
const key = newKey('k');

/** A word as it is, in hex, and in base64 wherever the word stands in what was encoded. */
function waysToWrite(word: string): string[] {
  const shifted = ['', 'a', 'ab'].map((before) =>
    Buffer.from(`${before}${word}`).toString('base64').replace(/=+$/, '').slice(4, -2),
  );
  return [word, Buffer.from(word).toString('hex'), ...shifted];
}

const needles = [...canaries, key.slice(2)].flatMap(waysToWrite);
const found = (haystack: Buffer) => needles.filter((needle) => haystack.includes(needle));

async function keepCanaries(database: Database): Promise<void> {
  const store = createTokenSetStore({ database, keyRing: keyRingOf(key) });
  const [accessToken, accessTokenSecret, refreshToken] = canaries.map((word) => new Secret(word));
  if (!accessToken || !accessTokenSecret || !refreshToken) throw new Error('no canaries');
  const tokenSet = { accessToken, accessTokenSecret, refreshToken, scope: ['email'], obtainedAt: 1 };
  for (let times = 0; times < 3; times += 1) {
    const lease = await store.lease(identity, 60_000);
    if (lease === undefined) throw new Error('no lease');
    await store.markSent(lease, accessToken.fingerprint());
    await store.complete(lease, { tokenSet, basedOn: accessToken.fingerprint() });
  }
}

onEveryDatabase(({ database }) => {
  it('has no token and no key in any column of any table', async () => {
    await keepCanaries(database());
    const tables = await database().kysely.introspection.getTables({ withInternalKyselyTables: true });
    expect(tables.map((table) => table.name)).toContain('kept_identities');
    for (const { name } of tables) {
      const rows = await sql<{ whole: string }>`select t::text as whole from ${sql.table(name)} t`.execute(
        database().kysely,
      );
      const text = rows.rows.map((row) => row.whole).join('\n');
      const binary = Buffer.from(text.replaceAll(/[^0-9a-f]/gi, ''), 'hex');
      expect([...found(Buffer.from(text)), ...found(binary)], name).toEqual([]);
    }
    const kept = await database().kysely.selectFrom('kept_identities').selectAll().executeTakeFirstOrThrow();
    expect(found(Buffer.concat([kept.sealed ?? Buffer.of(), kept.wrapped_key ?? Buffer.of()]))).toEqual([]);
  });
});

it('has no token and no key in any file of the embedded database', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'idp-relay-at-rest-'));
  const database = await openDatabase({ folder });
  await keepCanaries(database);
  await sql`checkpoint`.execute(database.kysely);
  await database.close();
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  let seenUser = false;
  for (const file of files.filter((entry) => entry.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name));
    expect(found(bytes), file.name).toEqual([]);
    seenUser ||= bytes.includes(identity.userId);
  }
  // What is plain is there, so the search looks in the right files.
  expect(seenUser).toBe(true);
  await rm(folder, { recursive: true });
}, 60_000);
