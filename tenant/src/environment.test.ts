import { describe, expect, it } from 'vitest';
import { Secret } from '@idp-relay/idp-tokens';
import { DeployError, readEnvironment } from './index.ts';
import { parseEnvironment, readCredentials } from './environment.ts';
import { readNoticeSecrets } from './notice-secrets.ts';

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

const withAction = (more: object): string =>
  JSON.stringify({
    ...readEnvironment('production'),
    post_login_action: {
      relay_url: 'https://relay.example/base',
      notice_secret_variable: 'THE_SECRET',
      ...more,
    },
  });

describe('the post-login Action of an environment', () => {
  it.each([
    [{ relay_url: 'http://relay.example' }, 'post_login_action.relay_url: must be an https:// address'],
    [{ relay_url: 'http://localhost.relay.example' }, 'post_login_action.relay_url: '],
    [{ relay_url: 'relay.example' }, 'post_login_action.relay_url: '],
    [
      { notice_secret_variable: 'the secret itself!' },
      'notice_secret_variable: must be the name of an environment variable',
    ],
  ])('%j: names the field and the fix', (more, expected) => {
    expect(complaint(() => parseEnvironment(withAction(more), 'x'))).toContain(expected);
  });
  it.each(['https://relay.example', 'http://localhost:3000', 'http://127.0.0.1:3000/base'])(
    'may tell %s',
    (url) => {
      const { post_login_action: action } = parseEnvironment(withAction({ relay_url: url }), 'x');
      expect(action?.relay_url).toBe(url);
    },
  );
  it('takes its secret from the variable that is named, and says which it is', () => {
    const environment = parseEnvironment(withAction({}), 'x');
    const secret = 'a+b/c=d.e~f_g-'.repeat(3);
    expect(readNoticeSecrets({ environment }, { THE_SECRET: secret }).noticeSecret?.reveal()).toBe(secret);
    for (const bad of [undefined, '', 'x'.repeat(31), 'x'.repeat(4097), `${'x'.repeat(32)} #`]) {
      const said = complaint(() => readNoticeSecrets({ environment }, { THE_SECRET: bad }));
      expect(said).toContain('Set THE_SECRET to the secret');
      if (bad) expect(said).not.toContain(bad);
    }
    expect(readNoticeSecrets({ environment: parseEnvironment(good, 'x') }, {})).toEqual({});
    const known = { noticeSecret: new Secret(secret) };
    expect(readNoticeSecrets({ environment, ...known }, {})).toEqual(known);
  });
});

const withLogStream = (more: object, domain = 'example.us.auth0.com'): string =>
  JSON.stringify({
    ...readEnvironment('production'),
    domain,
    log_stream: { relay_url: 'https://relay.example/base', token_variable: 'THE_TOKEN', ...more },
  });

describe('the log stream of an environment', () => {
  it.each([
    [{ relay_url: 'http://relay.example' }, 'log_stream.relay_url: must be an https:// address'],
    [
      { relay_url: 'http://localhost:3000' },
      'log_stream.relay_url: must be an https:// address, since Auth0',
    ],
    [
      { token_variable: 'the token!' },
      'log_stream.token_variable: must be the name of an environment variable',
    ],
  ])('%j: names the field and the fix', (more, expected) => {
    expect(complaint(() => parseEnvironment(withLogStream(more), 'x'))).toContain(expected);
  });
  it('may go to this machine from this machine alone', () => {
    const local = withLogStream({ relay_url: 'http://localhost:3000' }, 'localhost:8443');
    expect(parseEnvironment(local, 'x').log_stream?.relay_url).toBe('http://localhost:3000');
  });
  it('takes its token from the variable that is named, and says which it is', () => {
    const environment = parseEnvironment(withLogStream({}), 'x');
    const token = 'a+b/c=d.e~f_g-'.repeat(3);
    expect(readNoticeSecrets({ environment }, { THE_TOKEN: token }).logStreamToken?.reveal()).toBe(token);
    const said = complaint(() => readNoticeSecrets({ environment }, { THE_TOKEN: 'short' }));
    expect(said).toContain('Set THE_TOKEN to the token');
    expect(said).toContain('LOG_STREAM_TOKEN');
    expect(said).not.toContain('short');
  });
});

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
