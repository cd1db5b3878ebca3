import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Secret } from '@idp-relay/idp-tokens';
import { canary } from '@idp-relay/local-tenant';

/**
 * The secret that the local tenant's Action signs its notices with: made once, and kept in a file that its owner alone can
 * read. The leak check knows it by its beginning.
 */
export function localNoticeSecret(file: string): Secret {
  const kept = read(file);
  if (kept !== undefined) return new Secret(kept);
  const made = `${canary}${randomBytes(32).toString('base64url')}`;
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, made, { mode: 0o600 });
  renameSync(draft, file);
  return new Secret(made);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
