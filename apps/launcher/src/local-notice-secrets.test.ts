import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { localNoticeSecrets } from './local-notice-secrets.ts';

it('makes a secret and a token once for each installation, for its owner alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'notice-secrets-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const pathsIn = (name: string) => ({
    noticeSecret: join(folder, name, 'notice-secret'),
    logStreamToken: join(folder, name, 'log-stream-token'),
  });
  const made = (name: string): readonly string[] =>
    Object.values(localNoticeSecrets(pathsIn(name))).map((secret) => secret.reveal());
  const first = made('one');
  expect(first).toEqual([expect.stringMatching(/^[\w-]{43,}$/), expect.stringMatching(/^[\w-]{43,}$/)]);
  expect(made('one')).toEqual(first);
  for (const file of Object.values(pathsIn('one'))) expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(new Set([...first, ...made('another')]).size).toBe(4);
});
