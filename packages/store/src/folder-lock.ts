import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { DatabaseLockedError } from './errors.ts';

const Owner = z.object({ pid: z.number().int() });

/** Two that start in the same instant may push each other back; within this time one of them gets it. Milliseconds. */
const contentionMs = 500;

/** A folder that no other process can lock until it is released. */
export interface FolderLock {
  release(): void;
}

/** What is not referred to is collected, and a collected SQLite handle gives its lock back. */
const held = new Set<DatabaseSync>();

/**
 * Locks a folder, and makes it when it is not there.
 *
 * The lock is the operating system's own on a file, which Node reaches through SQLite: the kernel gives it back when the
 * process ends, however it ends. So there is no lock left behind to judge, no process id to mistake for another's, and
 * it holds between containers that share the folder. Nothing else in this process may open and close the file: by POSIX
 * that would give the lock back.
 * @throws DatabaseLockedError, and the system's errors where the folder cannot be made or written
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ownerFile = join(folder, 'owner.json');
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: contentionMs });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw isBusy(error) ? new DatabaseLockedError(folder, readPid(ownerFile)) : error;
  }
  held.add(lock);
  writeFileSync(ownerFile, JSON.stringify({ pid: process.pid }));
  return {
    release: () => {
      if (!held.delete(lock)) return;
      rmSync(ownerFile, { force: true });
      lock.close();
    },
  };
}

/** SQLITE_BUSY (https://sqlite.org/rescode.html), in the lowest byte of the code. */
function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    (error.errcode & 0xff) === 5
  );
}

/** For the message alone: whether the folder is free is the lock's to say. */
function readPid(ownerFile: string): number | undefined {
  try {
    return Owner.parse(JSON.parse(readFileSync(ownerFile, 'utf8'))).pid;
  } catch {
    return undefined;
  }
}
