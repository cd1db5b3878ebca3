import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const good = {
  AUTH0_DOMAIN: 'example.us.auth0.com',
  AUTH0_CLIENT_ID: 'abc',
  AUTH0_CLIENT_SECRET: 'the-secret',
  RELAY_AUDIENCE: 'https://relay.example',
  RELAY_CONFIGURATION_FILE: 'relay.yaml',
};
/** The right first line, and nothing of a key after it. */
const brokenKeyFile = join(mkdtempSync(join(tmpdir(), 'config-')), 'key.pem');
writeFileSync(brokenKeyFile, '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n');
afterAll(() => rmSync(dirname(brokenKeyFile), { recursive: true }));

const complaint = (changed: Record<string, string | undefined>): string => {
  try {
    readConfig({ ...good, ...changed });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the configuration was accepted');
};

describe('readConfig', () => {
  it('reads what is needed, and has defaults for the rest', () => {
    const config = readConfig({
      ...good,
      AUTH0_CUSTOM_DOMAINS: 'https://login.example.com, https://auth.example.com',
    });
    expect(config.issuers).toEqual([
      'https://example.us.auth0.com/',
      'https://login.example.com/',
      'https://auth.example.com/',
    ]);
    expect(config.port).toBe(3000);
    expect(JSON.stringify(config)).not.toContain('the-secret');
  });
  it('writes the domain as Auth0 does in its tokens', () => {
    const { domain, issuers } = readConfig({ ...good, AUTH0_DOMAIN: 'Example.US.auth0.com' });
    expect([domain, ...issuers]).toEqual(['example.us.auth0.com', 'https://example.us.auth0.com/']);
  });
  it('names everything that is missing at once, with what it is for', () => {
    const message = complaint({ AUTH0_DOMAIN: undefined, RELAY_AUDIENCE: '' });
    expect(message).toContain('AUTH0_DOMAIN is missing: The tenant');
    expect(message).toContain('RELAY_AUDIENCE is missing');
  });
  it.each([
    [
      { AUTH0_DOMAIN: 'https://example.us.auth0.com' },
      'AUTH0_DOMAIN is not right: it should be a host such as',
    ],
    [{ PORT: 'eighty' }, 'PORT is not right: it should be a port number from 0'],
    [{ PROFILE_CACHE_SIZE: 'x' }, 'PROFILE_CACHE_SIZE is not right: it should be a whole number'],
    [{ TRUSTED_PROXIES: 'garbage' }, 'TRUSTED_PROXIES is not right: it should be addresses such as 10.0.0.1'],
    [{ TRUSTED_PROXIES: '10.0.0.0/40' }, 'TRUSTED_PROXIES is not right'],
    [
      { AUTH0_CLIENT_SECRET: undefined, AUTH0_PRIVATE_KEY_FILE: brokenKeyFile },
      'which is not an RSA key as PKCS #8 PEM',
    ],
    [{ PORT: '70000' }, 'PORT is not right'],
    [
      { AUTH0_CUSTOM_DOMAINS: 'http://login.example.com' },
      'AUTH0_CUSTOM_DOMAINS is not right: it should be an origin such as',
    ],
    [{ CORS_ORIGINS: 'https://app.example.com/path' }, 'CORS_ORIGINS is not right'],
    [{ PROFILE_LIFETIME_MS: '-1' }, 'PROFILE_LIFETIME_MS is not right'],
    [{ AUTH0_CLIENT_SECRET: undefined }, 'Set one of AUTH0_CLIENT_SECRET and AUTH0_PRIVATE_KEY_FILE'],
    [{ AUTH0_PRIVATE_KEY_FILE: 'key.pem' }, 'Set one of AUTH0_CLIENT_SECRET and AUTH0_PRIVATE_KEY_FILE'],
    [{ AUTH0_CLIENT_SECRET: undefined, AUTH0_PRIVATE_KEY_FILE: 'no-such-file.pem' }, 'which cannot be read'],
    [
      { ID_TOKEN_CLIENTS: 'abc' },
      'ID_TOKEN_CLIENTS is not right: it should be client_id:RS256 or client_id:HS256',
    ],
    [{ DOCTOR_CLIENT_ID: 'abc' }, 'Set both of DOCTOR_CLIENT_ID and DOCTOR_CLIENT_SECRET, or none'],
    [{ DOCTOR_CLIENT_SECRET: 'abc' }, 'Set both of DOCTOR_CLIENT_ID and DOCTOR_CLIENT_SECRET, or none'],
    [{ ID_TOKEN_CLIENTS: 'abc:HS256' }, 'ID_TOKEN_CLIENT_SECRETS lacks abc'],
  ])('%o', (changed, expected) => {
    expect(complaint(changed)).toContain(expected);
  });
  it('never quotes a value', () => {
    expect(complaint({ ID_TOKEN_CLIENT_SECRETS: 'verysecret' })).not.toContain('verysecret');
  });
});
