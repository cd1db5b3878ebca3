import { expect, it } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';

it('names every setting that is missing or wrong', () => {
  const read = () =>
    readSettings({ VITE_TENANT_ORIGIN: 'tenant.example', VITE_RELAY_ORIGIN: 'https://relay.example/v1' });
  expect(read).toThrow(SettingsError);
  for (const complaint of [
    'VITE_TENANT_ORIGIN must be an origin such as https://example.com',
    'VITE_CLIENT_ID is not set',
    'VITE_RELAY_ORIGIN must be an origin',
    'VITE_RELAY_AUDIENCE is not set',
  ])
    expect(read).toThrow(complaint);
});
