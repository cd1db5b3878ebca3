import { describe, expect, it } from 'vitest';
import { DeployError, readEnvironment } from './index.ts';
import { parseEnvironment, readCredentials } from './environment.ts';

const good = JSON.stringify(readEnvironment('production'));
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
