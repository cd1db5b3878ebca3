import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startSilentIdp } from '../test/silent-idp.ts';
import { configurationText, startTestRelay, tokenWithoutSignIn, userIdOf } from '../test/test-relay.ts';

/** Keeps the process, and with it the relay, from doing anything else. */
function blockFor(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

describe('a process that lags behind', () => {
  it('refuses requests with the time to wait, answers health checks, and recovers by itself', async () => {
    const relay = await startTestRelay({ maxEventLoopDelayMs: 50 });
    const ada = await tokenWithoutSignIn(relay, userIdOf('ada'));
    const call = (): Promise<Response> => relay.call('/v1/me/idp/github/user', ada);
    expect((await call()).status).toBe(200);
    let refused: Response | undefined;
    await expect
      .poll(
        async () => {
          blockFor(400);
          refused = await relay.call('/v1/me/idp/github/user', ada, {
            headers: { origin: 'https://app.test' },
          });
          return refused.status;
        },
        { timeout: 20_000 },
      )
      .toBe(503);
    expect(refused?.headers.get('retry-after')).toBe('1');
    // A web app is to see why.
    expect(refused?.headers.get('access-control-allow-origin')).toBe('https://app.test');
    expect(await refused?.json()).toMatchObject({ code: 'relay_overloaded' });
    for (const path of ['/healthz', '/readyz']) {
      blockFor(400);
      expect((await relay.call(path)).status).toBe(200);
    }
    await expect.poll(async () => (await call()).status, { timeout: 10_000 }).toBe(200);
  }, 30_000);
});

describe('more calls at once than a process takes', () => {
  it('are refused, and those under way are not disturbed', async () => {
    const relay = await startTestRelay({ maxCallsUnderWay: 2 });
    const ada = await tokenWithoutSignIn(relay, userIdOf('ada'));
    const call = (path = '/user'): Promise<Response> => relay.call(`/v1/me/idp/github${path}`, ada);
    expect((await call()).status).toBe(200);
    relay.tenant.faults.add('idps', { pathPrefix: '/github/api/user', delayMs: 1_500, times: 2 });
    const underWay = [call(), call()];
    const idpCalls = relay.tenant.faults.count('idps');
    await expect.poll(() => relay.tenant.faults.count('idps')).toBe(idpCalls + 2);
    const refused = await call();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ code: 'relay_overloaded' });
    expect(relay.tenant.faults.count('idps')).toBe(idpCalls + 2);
    expect((await relay.call('/v1/me/identities', ada)).status).toBe(200);
    expect((await Promise.all(underWay)).map(({ status }) => status)).toEqual([200, 200]);
    await expect.poll(async () => (await call()).status).toBe(200);
  });
});

it('calls that are abandoned on a connection, one behind the other, hold no place', async () => {
  const relay = await startTestRelay({ maxCallsUnderWay: 5 });
  const ada = await tokenWithoutSignIn(relay, userIdOf('ada'));
  const call = (): Promise<Response> => relay.call('/v1/me/idp/github/user', ada);
  expect((await call()).status).toBe(200);
  relay.tenant.faults.add('idps', { pathPrefix: '/github/api/user', delayMs: 3_000, times: 5 });
  const request = `GET /v1/me/idp/github/user HTTP/1.1\r\nhost: relay\r\nauthorization: Bearer ${ada}\r\n\r\n`;
  const socket = connect(Number(new URL(relay.origin).port), '127.0.0.1');
  const before = relay.tenant.faults.count('idps');
  socket.write(request.repeat(5));
  await expect.poll(() => relay.tenant.faults.count('idps')).toBe(before + 5);
  expect((await call()).status).toBe(503);
  socket.destroy();
  await expect.poll(async () => (await call()).status).toBe(200);
});

it('a call whose caller leaves while the IdP cannot be reached holds its place until that ends', async () => {
  const idp = await startSilentIdp();
  const configuration = configurationText.replace(
    "apiBaseUrls: ['${IDPS}/github/api',",
    `apiBaseUrls: ['${idp.origin}',`,
  );
  const relay = await startTestRelay({ maxCallsUnderWay: 1 }, undefined, { configuration });
  const ada = await tokenWithoutSignIn(relay, userIdOf('ada'));
  const leaving = new AbortController();
  const left = relay.call('/v1/me/idp/github/user', ada, { signal: leaving.signal });
  await expect.poll(() => idp.connections()).toBe(1);
  leaving.abort();
  await expect(left).rejects.toThrow();
  await expect.poll(() => relay.log.some((line) => line.includes('the caller hung up'))).toBe(true);
  const call = (): Promise<Response> => relay.call('/v1/me/idp/facebook/v24.0/me', ada);
  expect((await call()).status).toBe(503);
  idp.hangUp();
  await expect.poll(async () => (await call()).status).not.toBe(503);
});

it('the time that the relay itself takes is measured, without the IdP’s', async () => {
  const relay = await startTestRelay();
  const ada = await tokenWithoutSignIn(relay, userIdOf('ada'));
  await relay.call('/v1/me/idp/github/user', ada);
  relay.tenant.faults.add('idps', { pathPrefix: '/github/api/user', delayMs: 1_500, times: 1 });
  expect((await relay.call('/v1/me/idp/github/user', ada)).status).toBe(200);
  const metrics = await relay.metrics();
  expect(metrics).toContain('idp_relay_own_time_seconds_count 2');
  expect(metrics).toContain('idp_relay_own_time_seconds_bucket{le="1"} 2');
  expect(metrics).toContain('idp_relay_cache_entries{cache="verified_tokens"} 1');
});
