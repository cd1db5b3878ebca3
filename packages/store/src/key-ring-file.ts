import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Secret } from '@idp-relay/idp-tokens';
import { keyLength, parseKeyRing, type KeyRing } from './key-ring.ts';

/**
 * Reads the key ring in a file, and makes the file with one new key, for its owner's eyes only, when it is not there.
 * Of several processes that start at once, all get the same key. The key's id is made anew with each file, so that rows
 * of a lost file are told by {@link UnknownKeyError}.
 * @throws InvalidKeyRingError, and the system's errors of reading and writing
 */
export async function openKeyRingFile(file: string): Promise<KeyRing> {
  const existing = await readIfThere(file);
  if (existing !== undefined) return parseKeyRing(existing);
  await createWhole(
    file,
    `local-${randomBytes(4).toString('hex')}:${randomBytes(keyLength).toString('base64')}\n`,
  );
  return parseKeyRing(new Secret(await readFile(file, 'utf8')));
}

async function readIfThere(file: string): Promise<Secret | undefined> {
  try {
    return new Secret(await readFile(file, 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Written aside and then linked, which is refused when the name is taken: nobody ever reads half a file, or replaces one. */
async function createWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const aside = `${file}.${randomBytes(8).toString('hex')}`;
  const handle = await open(aside, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
    await link(aside, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await handle.close();
    await unlink(aside);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
