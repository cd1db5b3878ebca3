import { describe, expect, it } from 'vitest';
import { DeployError, readEnvironment } from './index.ts';
import { parseEnvironment, readCredentials } from './environment.ts';

const good = JSON.stringify(readEnvironment('production'));
const grant = { connection: 'google-vault', scopes: ['openid'] };
const withWorker = (changed: object): string =>
  JSON.stringify({
    ...readEnvironment('production'),
    token_vault: { worker: { ip_allowlist: ['203.0.113.0/24', '::1'], grants: [grant], ...changed } },
  });
const complaint = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof DeployError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('an environment file', () => {
  it.each([
    ['nonsense', 'is not JSON'],
    [
      good.replace('your-tenant.us.auth0.com', 'https://your-tenant.us.auth0.com'),
      'domain: must be a domain such as example.us.auth0.com',
    ],
    [good.replace('"production":true', '"production":"yes"'), 'production: '],
    [
      good.replace('AUTH0_DEPLOY_CLIENT_ID', 'the secret itself!'),
      'deploy_client.client_id_variable: must be the name of an environment variable',
    ],
    [
      good.replace('"connections":[]', '"connections":["../secrets"]'),
      'connections.0: must be the name of a file in tenant/connections',
    ],
    [good.replace('"keywords":{', '"keywords":{"EXTRA":1,'), 'Unrecognized key: "EXTRA"'],
    [withWorker({ ip_allowlist: ['localhost'] }), 'ip_allowlist.0: must be an IP address or a CIDR range'],
    [withWorker({ ip_allowlist: [] }), 'token_vault.worker.ip_allowlist: '],
    [withWorker({ grants: [grant, grant] }), 'token_vault.worker.grants: must name each connection once'],
    [
      withWorker({ grants: [{ ...grant, scopes: Array.from({ length: 21 }, (_, i) => `s${i}`) }] }),
      'token_vault.worker.grants: must have 20 scopes at most',
    ],
  ])('%#: names the field and the fix', (text, expected) => {
    expect(complaint(() => parseEnvironment(text, 'x'))).toContain(expected);
  });
  it('that is not there says what to do', () => {
    expect(complaint(() => readEnvironment('nowhere'))).toContain('Copy development.json');
    expect(complaint(() => readEnvironment('../../etc/passwd'))).toContain(
      'is not the name of an environment',
    );
  });
  it('names the variables that must be set', () => {
    expect(complaint(() => readCredentials(parseEnvironment(good, 'x'), {}))).toContain(
      'Set AUTH0_DEPLOY_CLIENT_ID and AUTH0_DEPLOY_CLIENT_SECRET to',
    );
    const half = { AUTH0_DEPLOY_CLIENT_ID: 'x', AUTH0_DEPLOY_CLIENT_SECRET: '' };
    expect(complaint(() => readCredentials(parseEnvironment(good, 'x'), half))).toContain(
      'Set AUTH0_DEPLOY_CLIENT_SECRET to',
    );
  });
});
