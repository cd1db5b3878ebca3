import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  logStreamToken,
  noticeSecret,
  startTestRelay,
  tokenWithoutSignIn,
  userIdOf,
  type TestRelay,
} from '../../test/test-relay.ts';

/** Long enough that nothing in these tests comes from the end of a cache's lifetime. */
const profileLifetimeMs = 3_600_000;
const start = (): Promise<TestRelay> => startTestRelay({ profileLifetimeMs });

const signInOf = (handle: string, at = new Date()): object => ({
  user_id: userIdOf(handle),
  connection: 'github',
  signed_in_at: at.toISOString(),
  identities: [{ connection: 'github', provider: 'github', user_id: '1' }],
});
function signed(body: string, { secret = noticeSecret, at = Date.now() } = {}): RequestInit {
  const timestamp = String(Math.floor(at / 1000));
  const mac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-idp-relay-timestamp': timestamp,
      'x-idp-relay-signature': `v1=${mac}`,
    },
  };
}
const signIn = (relay: TestRelay, handle: string, at?: Date): Promise<Response> =>
  relay.call('/v1/notices/sign-in', undefined, signed(JSON.stringify(signInOf(handle, at))));
const deliver = (relay: TestRelay, body: string, token = logStreamToken): Promise<Response> =>
  relay.call('/v1/notices/log-events', undefined, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
const reads = (relay: TestRelay): number =>
  relay.tenant.faults.count('management', { method: 'GET', pathPrefix: '/api/v2/users/' });

/** A call of the tenant's own Management API, as an admin of the tenant makes it. */
async function manage(relay: TestRelay, method: string, path: string, body?: object): Promise<void> {
  const api = `${relay.tenant.origins.tenantHttps}/api/v2`;
  const token = await relay.forge({
    aud: `${api}/`,
    sub: 'admin@clients',
    azp: 'admin',
    scope: 'update:users delete:users',
  });
  const response = await fetch(`${api}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.status).toBeLessThan(300);
}

/** Calls as a user, so that the relay holds the profile, and gives what calls again and counts reads. */
async function warm(relay: TestRelay, handle: string, path = 'github/user') {
  const token = await tokenWithoutSignIn(relay, userIdOf(handle));
  const call = async (): Promise<number> => (await relay.call(`/v1/me/idp/${path}`, token)).status;
  expect(await call()).toBe(200);
  return call;
}

describe('a notice of the post-login Action', () => {
  it('has the profile read again, once', async () => {
    const relay = await start();
    const call = await warm(relay, 'ada');
    const before = reads(relay);
    expect((await signIn(relay, 'ada')).status).toBe(204);
    expect(await call()).toBe(200);
    expect(await call()).toBe(200);
    expect(reads(relay)).toBe(before + 1);
  });

  it('that is replayed or late has nothing read that was read since', async () => {
    const relay = await start();
    const call = await warm(relay, 'ada');
    const before = reads(relay);
    for (let times = 0; times < 3; times += 1)
      expect((await signIn(relay, 'ada', new Date(Date.now() - 60_000))).status).toBe(204);
    expect(await call()).toBe(200);
    expect(reads(relay)).toBe(before);
  });

  it.each([
    ['no signature', { method: 'POST', body: '{}' }],
    ['another secret', signed(JSON.stringify(signInOf('ada')), { secret: 'x'.repeat(32) })],
    ['an old signature', signed(JSON.stringify(signInOf('ada')), { at: Date.now() - 301_000 })],
    ['one from the future', signed(JSON.stringify(signInOf('ada')), { at: Date.now() + 310_000 })],
    ['another body', { ...signed(JSON.stringify(signInOf('ada'))), body: JSON.stringify(signInOf('grace')) }],
  ])('with %s is refused, and changes nothing', async (_what, init) => {
    const relay = await start();
    const call = await warm(relay, 'ada');
    const before = reads(relay);
    const response = await relay.call('/v1/notices/sign-in', undefined, init);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'notice_refused' });
    expect(await call()).toBe(200);
    expect(reads(relay)).toBe(before);
  });

  it('that is signed and not as expected names its wrong fields', async () => {
    const relay = await start();
    for (const body of ['', 'null', '{"user_id": 7}', '[']) {
      const response = await relay.call('/v1/notices/sign-in', undefined, signed(body));
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'request_invalid' });
    }
    const response = await relay.call('/v1/notices/sign-in', undefined, signed('{"user_id": 7}'));
    expect(await response.text()).toContain('user_id, connection, signed_in_at, identities');
  });
});

describe('the tenant’s log stream', () => {
  /** Provisions the stream as a deployment does. */
  const stream = (relay: TestRelay): void => {
    relay.tenant.database.state.logStreams.push({
      id: 'lst_1',
      name: 'IdP Relay',
      type: 'http',
      status: 'active',
      sink: {
        httpEndpoint: `${relay.origin}/v1/notices/log-events`,
        httpAuthorization: `Bearer ${logStreamToken}`,
        httpContentFormat: 'JSONARRAY',
        httpContentType: 'application/json',
      },
    });
  };

  it('says that somebody has signed in', async () => {
    const relay = await start();
    const call = await warm(relay, 'ada');
    stream(relay);
    const before = reads(relay);
    await relay.userToken('ada');
    await expect
      .poll(async () => {
        await call();
        return reads(relay);
      })
      .toBe(before + 1);
  });

  it('says that a user was blocked', async () => {
    const relay = await start();
    const call = await warm(relay, 'ada');
    stream(relay);
    await manage(relay, 'PATCH', `/users/${encodeURIComponent(userIdOf('ada'))}`, { blocked: true });
    await expect.poll(call).toBe(403);
  });

  it('says that an identity was unlinked', async () => {
    const relay = await start();
    const call = await warm(relay, 'ada', 'google-oauth2/oauth2/v3/userinfo');
    stream(relay);
    const google = relay.tenant.database.state.users
      .find(({ user_id: id }) => id === userIdOf('ada'))
      ?.identities.find(({ connection }) => connection === 'google-oauth2');
    const path = `/users/${encodeURIComponent(userIdOf('ada'))}/identities/google-oauth2/${google?.user_id ?? ''}`;
    await manage(relay, 'DELETE', path);
    await expect.poll(call).toBe(404);
  });

  it('says that a user was deleted', async () => {
    const relay = await start();
    const call = await warm(relay, 'ada');
    stream(relay);
    await manage(relay, 'DELETE', `/users/${encodeURIComponent(userIdOf('ada'))}`);
    await expect.poll(call).toBe(404);
  });

  it('may speak of things that nobody here knows', async () => {
    const relay = await start();
    const call = await warm(relay, 'ada');
    const before = reads(relay);
    const odd = [
      {},
      null,
      7,
      { data: { type: 'fp', date: new Date().toISOString() } },
      { data: { type: 's' } },
    ];
    expect((await deliver(relay, JSON.stringify(odd))).status).toBe(204);
    expect((await deliver(relay, odd.map((item) => JSON.stringify(item)).join('\n'))).status).toBe(204);
    expect((await deliver(relay, '')).status).toBe(204);
    expect((await deliver(relay, 'hello')).status).toBe(400);
    expect(await call()).toBe(200);
    expect(reads(relay)).toBe(before);
  });

  it('is refused without its token, before anything of it is read', async () => {
    const relay = await start();
    for (const token of ['', 'x'.repeat(32)]) {
      const response = await deliver(relay, 'x'.repeat(6 * 1024 * 1024), token);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ code: 'notice_refused' });
    }
  });
});

it('no notices are taken where no secrets are configured', async () => {
  const relay = await startTestRelay({ notices: {} });
  expect((await signIn(relay, 'ada')).status).toBe(404);
  expect((await deliver(relay, '[]')).status).toBe(404);
});
