import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Secret } from '@idp-relay/idp-tokens';
import { canary } from '@idp-relay/local-tenant';
import { writePrivateFile, type NoticeSecrets } from '@idp-relay/tenant';
import type { LocalPaths } from './local-paths.ts';

/**
 * The secret that the local tenant's Action signs its notices with, and the token that its log stream brings: made once, and
 * kept in files that their owner alone can read. The leak check knows them by their beginning.
 */
export function localNoticeSecrets({
  noticeSecret,
  logStreamToken,
}: Pick<LocalPaths, 'noticeSecret' | 'logStreamToken'>): Required<NoticeSecrets> {
  return { noticeSecret: readOrMake(noticeSecret), logStreamToken: readOrMake(logStreamToken) };
}

function readOrMake(file: string): Secret {
  const kept = read(file);
  if (kept !== undefined) return new Secret(kept);
  const made = `${canary}${randomBytes(32).toString('base64url')}`;
  writePrivateFile(file, made);
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
