import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { Secret } from '@idp-relay/idp-tokens';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { server, serverUrl } from '../test/databases.ts';
import { onEveryDatabase } from '../test/store-suite.ts';
import { toStoreError } from './database-error.ts';
import { DatabaseFailedError, DatabaseUnavailableError, InvalidDatabaseUrlError } from './errors.ts';
import { openDatabase } from './open-database.ts';

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error: unknown) => error,
  );
const shown = (error: unknown) => inspect(error, { depth: 10, showHidden: true }) + String(error);

it('says that a server is not there, without the URL', async () => {
  // A port that was free a moment ago.
  const listener = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => listener.once('listening', resolve));
  const address = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  const port = typeof address === 'object' ? address?.port : undefined;
  const databaseUrl = new Secret(`postgres://canary-user:canary-password@127.0.0.1:${port}/canary-database`);
  const error = await failureOf(openDatabase({ databaseUrl }));
  expect(error).toBeInstanceOf(DatabaseUnavailableError);
  expect(error).toMatchObject({ code: 'database_unavailable', reason: 'ECONNREFUSED' });
  expect(shown(error)).not.toMatch(/canary|127\.0\.0\.1/);
});

it.each(['canary', 'https://canary/', 'postgres:', 'postgres://canary:p%zz@h/d'])(
  'refuses %s',
  async (url) => {
    const error = await failureOf(openDatabase({ databaseUrl: new Secret(url) }));
    expect(shown(error)).not.toContain('canary');
    if (!url.startsWith('postgres')) expect(error).toBeInstanceOf(InvalidDatabaseUrlError);
    else expect(error).toHaveProperty('code');
  },
);

describe.skipIf(server === undefined)('with a server', () => {
  it.each([
    ['a wrong password', { password: 'canary-password' }, '28P01'],
    ['a database that is not there', { pathname: '/canary-database' }, '3D000'],
  ])('says that %s lets nobody in', async (_what, change, reason) => {
    const url = Object.assign(new URL(serverUrl ?? ''), change);
    const error = await failureOf(openDatabase({ databaseUrl: new Secret(url.href) }));
    expect(error).toBeInstanceOf(DatabaseUnavailableError);
    expect(error).toMatchObject({ reason });
    expect(shown(error)).not.toContain('canary');
  });

  it('outlives connections that the server ends, the one that listens among them', async () => {
    const place = await server?.make();
    if (place === undefined) throw new Error('no server');
    const [database, killer] = await Promise.all([openDatabase(place.options), openDatabase(place.options)]);
    const endOthers = () =>
      sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`.execute(killer.kysely);
    const woken = Promise.withResolvers<undefined>();
    await database.wakeUps.listen('topic', () => woken.resolve(undefined));
    const inUse = database.kysely.transaction().execute(async (transaction) => {
      await sql`select 1`.execute(transaction);
      await endOthers();
      await sql`select 1`.execute(transaction);
    });
    expect(await failureOf(inUse)).toBeInstanceOf(DatabaseUnavailableError);
    await woken.promise;
    await database.wakeUps.listen('topic', () => undefined);
    // Connections whose end the pool has not noticed yet may fail once more each.
    const answers: unknown[] = [];
    for (let tries = 0; tries < 10; tries += 1) {
      answers.push(await failureOf(sql`select 1`.execute(database.kysely)));
    }
    expect(answers.at(-1)).toBe('no failure');
    await Promise.all([database.close(), killer.close()]);
    await place.remove();
  }, 60_000);
});

onEveryDatabase(({ database }) => {
  it('shows neither statement nor parameters of what failed', async () => {
    const statement = sql`select ${'canary-parameter'}::text, ${'canary-number'}::text::int as canary_column`;
    const error = await failureOf(statement.execute(database().kysely));
    expect(error).toBeInstanceOf(DatabaseFailedError);
    expect(error).toMatchObject({ code: 'database_failed', reason: '22P02' });
    expect(shown(error)).not.toContain('canary');
  });

  it('rolls a transaction back and goes on', async () => {
    const failed = database()
      .kysely.transaction()
      .execute(async (transaction) => {
        await sql`insert into kept_identities values ('t', 'u', 'c', 'i', 'b')`.execute(transaction);
        await sql`select 1 / ${0}::int`.execute(transaction);
      });
    await expect(failed).rejects.toMatchObject({ reason: '22012' });
    expect(await database().kysely.selectFrom('kept_identities').selectAll().execute()).toEqual([]);
  });
});

it('says in few words that the embedded database is damaged, and gives the folder back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'idp-relay-damaged-'));
  await (await openDatabase({ folder })).close();
  await writeFile(join(folder, 'postgres', 'global', 'pg_control'), 'canary');
  for (let times = 0; times < 2; times += 1) {
    const error = await failureOf(openDatabase({ folder }));
    expect(error).toBeInstanceOf(DatabaseFailedError);
    expect(shown(error).length).toBeLessThan(3_000);
  }
  await rm(folder, { recursive: true });
}, 60_000);

it('repeats a code of an error, but nothing else that stands in its place', () => {
  const odd = Object.assign(new Error('x'), { code: 'a secret of lower case' });
  expect(toStoreError(odd).message).not.toContain('secret');
  expect(toStoreError('thrown text')).toBeInstanceOf(DatabaseFailedError);
});
