import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bindActions } from '../../test/actions.ts';
import {
  audience,
  callback,
  manage,
  managementToken,
  postToken,
  startTestTenant,
} from '../../test/requests.ts';
import { signIn, SignInError, type LocalTenant, type SignInOptions } from '../index.ts';

const claim = 'https://idp-relay/connections';
const ada = { connection: 'github', login: 'ada' };
const signInAda = (tenant: LocalTenant, more: Partial<SignInOptions> = {}) =>
  signIn({
    origin: tenant.origins.tenantHttp,
    clientId: 'spa',
    redirectUri: callback,
    audience,
    as: ada,
    ...more,
  });
/** Reports the whole event by a claim of the access token. */
const reportEvent = {
  name: 'Report',
  body: `api.accessToken.setCustomClaim('${claim}', event);`,
  secrets: { KEY: 'of Report' },
};
const reported = (token: string) => z.looseObject({ user: z.looseObject({}) }).parse(decodeJwt(token)[claim]);
const typesOf = (tenant: LocalTenant): string[] => tenant.logs.map(({ type }) => type);

describe('a post-login Action', () => {
  it('changes the tokens of a login, in the order of the bindings', async () => {
    const tenant = await startTestTenant();
    await bindActions(
      tenant,
      {
        name: 'first',
        body: `api.accessToken.setCustomClaim('${claim}', event.user.identities.map((i) => i.connection));
               api.idToken.setCustomClaim('https://x.example/a', 'first').idToken.setCustomClaim('nickname', 'Countess');
               api.accessToken.addScope('added:one'); api.accessToken.removeScope('call:idp');`,
      },
      { name: 'second', body: `api.idToken.setCustomClaim('https://x.example/a', 'second');` },
    );
    const tokens = await signInAda(tenant, { scope: 'openid profile call:idp' });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      [claim]: ['github', 'google-oauth2'],
      scope: 'openid profile added:one',
    });
    expect(decodeJwt(tokens.id_token ?? '')).toMatchObject({
      'https://x.example/a': 'second',
      nickname: 'Countess',
    });
  });

  it.each(['sub', 'aud', 'permissions', 'scope', 'azp', 'https://example.auth0.com/x', 'urn:auth0:x'])(
    'cannot set the claim %s',
    async (name) => {
      const tenant = await startTestTenant();
      const set = (kind: string) => `api.${kind}.setCustomClaim('${name}', 'forged');`;
      await bindActions(tenant, { name: 'forger', body: set('accessToken') + set('idToken') });
      const { access_token: access, id_token: id = '' } = await signInAda(tenant);
      for (const token of [access, id]) expect(JSON.stringify(decodeJwt(token))).not.toContain('forged');
      expect(decodeJwt(access).sub).toBe('github|1001');
    },
  );

  it('sees the login as Auth0 tells it, its own secrets alone, and no token', async () => {
    const tenant = await startTestTenant();
    await bindActions(tenant, { name: 'other', body: '', secrets: { OTHER: 'of other' } }, reportEvent);
    const { access_token: token } = await signInAda(tenant);
    const event = reported(token);
    expect(event).toMatchObject({
      authorization: { roles: ['user'] },
      client: { client_id: 'spa', name: 'spa', metadata: {} },
      connection: { name: 'github', strategy: 'github' },
      request: { ip: '127.0.0.1', query: { client_id: 'spa', audience } },
      resource_server: { identifier: audience },
      secrets: { KEY: 'of Report' },
      stats: { logins_count: 8 },
      tenant: { id: tenant.tenantId },
      transaction: { protocol: 'oidc-basic-profile', redirect_uri: callback },
      user: {
        user_id: 'github|1001',
        app_metadata: {},
        identities: [
          { connection: 'github', provider: 'github', user_id: '1001', isSocial: true },
          { connection: 'google-oauth2', profileData: { name: 'Ada Lovelace' } },
        ],
      },
    });
    expect(JSON.stringify(event)).not.toMatch(/cAnArY|of other|access_token|"password"/);
  });

  it('runs at the password grant and at refresh token exchanges', async () => {
    const tenant = await startTestTenant();
    await bindActions(tenant, reportEvent);
    const { refresh_token: refresh = '' } = await signInAda(tenant, { scope: 'openid offline_access' });
    const refreshed = await postToken(tenant, {
      grant_type: 'refresh_token',
      client_id: 'spa',
      refresh_token: refresh,
    });
    const event = reported(String(refreshed.body.access_token));
    expect(event).toMatchObject({
      transaction: { protocol: 'oauth2-refresh-token' },
      connection: { name: 'github' },
      request: { body: { grant_type: 'refresh_token' } },
      refresh_token: { user_id: 'github|1001' },
    });
    const { email = '', password = '' } =
      tenant.database.state.users.find((user) => user.password !== undefined) ?? {};
    const byPassword = await postToken(tenant, {
      grant_type: 'password',
      client_id: 'machine',
      client_secret: 'the-secret',
      username: email,
      password,
      audience,
    });
    const other = reported(String(byPassword.body.access_token));
    expect(other).toMatchObject({ transaction: { protocol: 'oauth2-password' }, user: { email } });
    expect(JSON.stringify([event, other])).not.toMatch(/cAnArY|the-secret|sample-password/);
    expect(typesOf(tenant)).toEqual(expect.arrayContaining(['s', 'seacft', 'sertft', 'sepft']));
  });

  it('keeps metadata, even where it denies access', async () => {
    const tenant = await startTestTenant();
    const user = () => tenant.database.state.users.find(({ user_id }) => user_id === 'github|1001');
    await bindActions(
      tenant,
      {
        name: 'metadata',
        body: `api.user.setAppMetadata('plan', { name: 'gold' }); api.user.setUserMetadata('x', 1);
               if (event.user.app_metadata.plan) { api.user.setUserMetadata('x', null); api.access.deny('No more gold.'); }`,
      },
      { name: 'after', body: `api.user.setAppMetadata('ran', (event.user.app_metadata.ran ?? 0) + 1);` },
    );
    await signInAda(tenant);
    expect(user()).toMatchObject({
      app_metadata: { plan: { name: 'gold' }, ran: 1 },
      user_metadata: { x: 1 },
    });
    await expect(signInAda(tenant)).rejects.toMatchObject({
      code: 'access_denied',
      message: 'No more gold.',
    });
    // No Action runs after the one that denied.
    expect(user()).toMatchObject({ app_metadata: { ran: 1 }, user_metadata: {} });
    const failure = tenant.logs.findLast(({ type }) => type === 'f');
    expect(failure).toMatchObject({ description: 'No more gold.', user_id: 'github|1001', client_id: 'spa' });
  });

  it('denies at the token endpoint, too', async () => {
    const tenant = await startTestTenant();
    const { refresh_token: refresh = '' } = await signInAda(tenant, { scope: 'openid offline_access' });
    await bindActions(tenant, { name: 'deny', body: `api.access.deny('Not today.');` });
    const form = { grant_type: 'refresh_token', client_id: 'spa', refresh_token: refresh };
    const refused = await postToken(tenant, form);
    expect(refused.body).toEqual({ error: 'access_denied', error_description: 'Not today.' });
    expect(tenant.logs.at(-1)).toMatchObject({ type: 'fertft', user_id: 'github|1001' });
  });

  it.each([
    ['throws', `throw new TypeError('It broke.');`, 'It broke.'],
    ['does not compile', `}; const;`, /Unexpected token/],
    ['needs what is not there', `api.multifactor.enable('any');`, /api\.multifactor\.enable is not impl/],
    [
      'forgets a promise that fails',
      `Promise.reject(new Error('Lost.')); await new Promise(() => {});`,
      'Lost.',
    ],
    ['eats the memory', `const all = []; for (;;) all.push(new Array(1e5).fill(1));`, /memory/],
  ])('that %s fails the login', async (_what, body, message) => {
    const tenant = await startTestTenant();
    await bindActions(tenant, { name: 'broken', body });
    const error: unknown = await signInAda(tenant).catch((refused: unknown) => refused);
    if (!(error instanceof SignInError)) throw new Error('The login did not fail.');
    expect(error.code).toBe('access_denied');
    expect(error.message).toMatch(message);
    const failed = tenant.logs.find(({ type }) => type === 'actions_execution_failed');
    expect(failed).toMatchObject({ details: { action_name: 'broken', trigger_id: 'post-login' } });
    const { execution_id: id } = z.looseObject({ execution_id: z.string() }).parse(failed?.details);
    const execution = await manage(tenant, await managementToken(tenant), `/actions/executions/${id}`);
    expect(execution.body).toMatchObject({
      status: 'final',
      results: [{ action_name: 'broken', error: {} }],
    });
  });

  it.each([
    ['runs forever', 'for (;;);'],
    ['waits forever', 'await new Promise(() => {});'],
  ])('that %s is ended, and takes the time of all', async (_what, body) => {
    const tenant = await startTestTenant({ actionTimeLimit: 1500 });
    await bindActions(tenant, { name: 'slow', body }, { name: 'never', body: '' });
    await expect(signInAda(tenant)).rejects.toMatchObject({
      code: 'access_denied',
      message: 'The trigger did not complete within 1.5 seconds',
    });
  });
});

it('every login of a burst comes to its end', async () => {
  const tenant = await startTestTenant();
  await bindActions(tenant, reportEvent);
  const tokens = await Promise.all(Array.from({ length: 9 }, () => signInAda(tenant)));
  for (const { access_token: token } of tokens)
    expect(reported(token)).toMatchObject({ user: { user_id: 'github|1001' } });
});

describe('the sandbox', () => {
  it.each([
    `process.env`,
    `require('node:fs')`,
    `require('child_process')`,
    `await import('node:fs')`,
    `eval('1')`,
    `this.constructor.constructor('return process')()`,
    `fetch.constructor('return process')()`,
    `require.constructor('return process')()`,
    `require('crypto').constructor.constructor('return process')()`,
    `Buffer.from('x').constructor.constructor('return process')()`,
    `setTimeout(() => {}, 0).constructor.constructor('return process')()`,
    `new (Object.getPrototypeOf(async () => {}).constructor)('return process')()`,
    `(await fetch('http://127.0.0.1:1').catch((e) => e)).constructor.constructor('return process')()`,
  ])('does not let %s out', async (expression) => {
    const tenant = await startTestTenant();
    await bindActions(tenant, {
      name: 'escape',
      body: `let out = 'escaped'; try { ${expression}; } catch { out = 'held'; } api.accessToken.setCustomClaim('${claim}', out);`,
    });
    expect(decodeJwt((await signInAda(tenant)).access_token)[claim]).toBe('held');
  });

  it('gives what Auth0’s runtime has', async () => {
    const tenant = await startTestTenant();
    await bindActions(tenant, {
      name: 'runtime',
      body: `const { createHmac } = require('node:crypto');
        const mac = createHmac('sha256', event.secrets.KEY).update('text').digest('hex');
        const cut = new AbortController(); setTimeout(() => cut.abort(), 1);
        await new Promise((resolve) => cut.signal.addEventListener('abort', resolve));
        const { issuer } = await (await fetch(event.secrets.URL)).json();
        const size = new TextEncoder().encode('é').length + new URL('http://a/b').pathname.length;
        api.accessToken.setCustomClaim('${claim}', { mac: mac.length, issuer, size });`,
      secrets: {
        KEY: 'k',
        URL: `${tenant.origins.tenantHttp}/.well-known/openid-configuration`,
      },
    });
    expect(decodeJwt((await signInAda(tenant)).access_token)[claim]).toEqual({
      mac: 64,
      issuer: `${tenant.origins.tenantHttp}/`,
      size: 4,
    });
  });

  it('keeps 256 characters of an Action’s console, for whoever runs the tenant', async () => {
    const tenant = await startTestTenant();
    const body = `console.log('user', { id: event.user.user_id }); console.log('x'.repeat(300)); console.log('y');`;
    await bindActions(tenant, { name: 'chatty', body });
    await signInAda(tenant);
    const answer = await fetch(`${tenant.controlOrigin}/executions`);
    const [{ results }] = z
      .tuple([z.object({ results: z.tuple([z.object({ console: z.array(z.string()) })]) })])
      .parse(await answer.json());
    expect(results[0].console[0]).toBe('user {"id":"github|1001"}');
    expect(results[0].console.join('')).toHaveLength(256);
    expect(results[0].console).toHaveLength(2);
  });
});

describe('the cache', () => {
  it('outlives an execution and not its time, within Auth0’s limits', async () => {
    let now = Date.now();
    const tenant = await startTestTenant({ clock: { now: () => now } });
    await bindActions(tenant, {
      name: 'cache',
      body: `const kept = api.cache.get('count');
        const count = Number(kept?.value ?? 0) + 1;
        const set = api.cache.set('count', String(count), { ttl: 60_000 });
        const codes = [api.cache.set('k'.repeat(65), 'v'), api.cache.set('k', 'v'.repeat(4097)),
          api.cache.set('a', 'v'.repeat(4096)), api.cache.set('b', 'v'.repeat(4096)),
          api.cache.set('c', 'v', { ttl: 0 }), api.cache.delete('nothing'), api.cache.delete('a')];
        api.accessToken.setCustomClaim('${claim}', { count, end: set.record.expires_at, codes: codes.map((c) => c.code ?? c.type) });`,
    });
    const run = async () => decodeJwt((await signInAda(tenant)).access_token)[claim];
    expect(await run()).toEqual({
      count: 1,
      end: now + 60_000,
      codes: [
        'CacheKeySizeExceeded',
        'CacheValueSizeExceeded',
        'success',
        'CacheSizeExceeded',
        'ItemAlreadyExpired',
        'CacheKeyDoesNotExist',
        'success',
      ],
    });
    expect(await run()).toMatchObject({ count: 2 });
    now += 60_000;
    expect(await run()).toMatchObject({ count: 1 });
  });
});
