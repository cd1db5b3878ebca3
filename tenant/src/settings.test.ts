import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { Secret } from '@idp-relay/idp-tokens';
import { expect, it, onTestFinished } from 'vitest';
import { apiSettings, writeSettings } from './index.ts';
import { describeSettings } from './settings.ts';

const provisioned = {
  domain: 'example.us.auth0.com',
  customDomains: ['https://login.example.com'],
  audience: 'https://relay.example',
  apiClientId: 'api',
  apiClientSecret: 'the-secret',
  dashboardClientId: 'dashboard',
  sampleProductClientId: 'product',
  sampleBackendClientId: 'backend',
  sampleBackendClientSecret: 'another-secret',
  roleIds: {},
  tokenVault: {
    clientId: 'vault',
    clientSecret: 'the-secret of the vault',
    worker: { clientId: 'worker', keyFile: '/keys/worker.pem', keyId: 'kid' },
  },
  doctor: { clientId: 'doctor', clientSecret: 'the-secret of the doctor' },
};
const settings = apiSettings(provisioned, {
  noticeSecret: new Secret('the-notice-secret'),
  logStreamToken: new Secret('the-stream-secret'),
});

it('shows no secret unless asked to', () => {
  expect(describeSettings(settings, false)).not.toMatch(/the-(notice-|stream-)?secret/);
  expect(describeSettings(settings, false)).toContain('AUTH0_CLIENT_SECRET=<hidden');
  expect(describeSettings(settings, false)).toContain('TOKEN_VAULT_CLIENT_SECRET=<hidden');
  expect(describeSettings(settings, true)).toContain('AUTH0_CLIENT_SECRET=the-secret');
  expect(describeSettings(settings, false)).toContain('DOCTOR_CLIENT_SECRET=<hidden');
  expect(settings.DOCTOR_CLIENT_ID).toBe('doctor');
  expect(settings.TOKEN_VAULT_WORKER_KEY_FILE).toBe('/keys/worker.pem');
  expect(describeSettings(settings, true)).toContain('NOTICE_SECRET=the-notice-secret');
  expect(describeSettings(settings, true)).toContain('LOG_STREAM_TOKEN=the-stream-secret');
  expect(Object.keys(apiSettings(provisioned)).join()).not.toMatch(/NOTICE|LOG_STREAM/);
});

it('writes a file that its owner alone can read, and that Node reads back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'deeper', 'api.env');
  writeSettings(file, { ...settings, AUTH0_DOMAIN: 'first' });
  writeSettings(file, settings);
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(parseEnv(readFileSync(file, 'utf8'))).toEqual(settings);
});
