import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newKey } from '../test/samples.ts';
import { InvalidKeyRingError } from './errors.ts';
import { openKeyRingFile } from './key-ring-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idp-relay-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('makes a file that only its owner can read, and reads it afterwards', async () => {
  const file = join(folder, 'made', 'encryption-keys');
  const made = await openKeyRingFile(file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await openKeyRingFile(file)).current.id).toBe(made.current.id);
  expect(await readdir(join(folder, 'made'))).toEqual(['encryption-keys']);
});

it('gives all who start at once the same key, and leaves nothing else behind', async () => {
  const file = join(folder, 'encryption-keys');
  const rings = await Promise.all(Array.from({ length: 20 }, () => openKeyRingFile(file)));
  expect(new Set(rings.map((ring) => ring.current.id)).size).toBe(1);
  expect(new Set(rings.map((ring) => ring.current.key.export().toString('base64'))).size).toBe(1);
  expect(await readdir(folder)).toEqual(['encryption-keys']);
});

it('never replaces a file that is there, not even a bad one', async () => {
  const file = join(folder, 'encryption-keys');
  await writeFile(file, newKey('mine'));
  expect((await openKeyRingFile(file)).current.id).toBe('mine');
  await writeFile(file, '');
  await expect(openKeyRingFile(file)).rejects.toThrow(InvalidKeyRingError);
  expect(await readFile(file, 'utf8')).toBe('');
});
