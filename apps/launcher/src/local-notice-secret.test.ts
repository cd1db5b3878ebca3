import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { localNoticeSecret } from './local-notice-secret.ts';

it('makes a secret once for each installation, for its owner alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'notice-secret-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'deeper', 'notice-secret');
  const made = localNoticeSecret(file).reveal();
  expect(made).toMatch(/^[\w-]{43,}$/);
  expect(localNoticeSecret(file).reveal()).toBe(made);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(localNoticeSecret(join(folder, 'another')).reveal()).not.toBe(made);
});
