import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { identity, revealed, tokenSetOf } from '../test/samples.ts';
import { DatabaseLockedError } from './errors.ts';
import { lockFolder } from './folder-lock.ts';
import { createTokenSetStore, openDatabase, openKeyRingFile } from './index.ts';

let folder: string;
let processes: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idp-relay-lock-'));
});
afterEach(async () => {
  await Promise.all(processes.map(kill));
  processes = [];
  await rm(folder, { recursive: true });
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** Starts a process that opens the folder, and gives its first line. */
async function start(...more: string[]): Promise<{ child: ChildProcess; line: string }> {
  const script = fileURLToPath(new URL('../test/hold-folder.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  processes.push(child);
  for await (const line of createInterface(child.stdout)) return { child, line };
  throw new Error('the process said nothing');
}

it('lets one in, and tells another process who it is', async () => {
  const database = await openDatabase({ folder });
  const { line } = await start();
  expect(line).toContain('database_locked');
  expect(line).toContain(folder);
  expect(line).toContain(`process ${process.pid}`);
  await expect(openDatabase({ folder })).rejects.toThrow(DatabaseLockedError);
  expect(await database.kysely.selectFrom('kept_identities').selectAll().execute()).toEqual([]);
  await database.close();

  const next = await start();
  expect(next.line).toBe('open');
}, 60_000);

it('is taken over from a process that was killed, with all it had written', async () => {
  const keyFile = join(folder, 'keys');
  const { child, line } = await start(keyFile);
  expect(line).toBe('open');
  const refused = await openDatabase({ folder }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DatabaseLockedError);
  expect(refused).toMatchObject({ folder, pid: child.pid });
  await kill(child);

  const database = await openDatabase({ folder });
  const store = createTokenSetStore({ database, keyRing: await openKeyRingFile(keyFile) });
  expect(revealed((await store.read(identity))?.tokenSet)).toEqual(revealed(tokenSetOf('held')));
  await database.close();
}, 60_000);

it('lets exactly one of four processes in that start at once', async () => {
  const lines = (await Promise.all([start(), start(), start(), start()])).map(({ line }) => line);
  expect(lines.filter((line) => line === 'open')).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith('database_locked'))).toHaveLength(3);
}, 60_000);

it('can be given back, once', () => {
  const lock = lockFolder(folder);
  lock.release();
  const next = lockFolder(folder);
  lock.release();
  expect(() => lockFolder(folder)).toThrow(DatabaseLockedError);
  next.release();
});
