import { describe, expect, it } from 'vitest';
import { startTestRelay, tokenWithoutSignIn, userIdOf, type TestRelay } from '../../test/test-relay.ts';

/** An operator's page that listens. */
async function listen(relay: TestRelay, token: string) {
  const leave = new AbortController();
  const response = await relay.call('/v1/changes', token, { signal: leave.signal });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const heard = { text: '', ended: false };
  const reading = (async () => {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let read = await reader?.read(); read?.done === false; read = await reader?.read())
      heard.text += read.value;
    heard.ended = true;
  })();
  reading.catch(() => undefined);
  await expect.poll(() => heard.text).toContain(': open');
  return { heard, leave: () => leave.abort() };
}
const revoke = async (relay: TestRelay, handle: string, connection: string): Promise<void> => {
  const path = `/v1/users/${encodeURIComponent(userIdOf(handle))}/identities/${connection}/revoke`;
  expect((await relay.call(path, await relay.userToken('operator'), { method: 'POST' })).status).toBe(200);
};

describe('the stream of changes', () => {
  it('names a user whose verdicts changed, to everybody who listens', async () => {
    const relay = await startTestRelay();
    const operator = await relay.userToken('operator');
    const pages = [await listen(relay, operator), await listen(relay, operator)];
    await revoke(relay, 'ada', 'github');
    for (const { heard } of pages) {
      await expect
        .poll(() => heard.text)
        .toContain(
          `event: user\ndata: ${JSON.stringify({ user_id: userIdOf('ada'), what: 'verdicts' })}\n\n`,
        );
    }
    pages[0]?.leave();
    await revoke(relay, 'grace', 'google-oauth2');
    await expect.poll(() => pages[1]?.heard.text).toContain(userIdOf('grace'));
    expect(pages[0]?.heard.text).not.toContain(userIdOf('grace'));
  });

  it('ends with the token that opened it', async () => {
    const relay = await startTestRelay();
    const token = await relay.forge({
      sub: userIdOf('operator'),
      azp: 'productClient',
      permissions: ['inspect:identities'],
      exp: Math.floor(Date.now() / 1000) + 2,
    });
    const { heard } = await listen(relay, token);
    await expect.poll(() => heard.ended, { timeout: 5_000 }).toBe(true);
  });

  it('does not hold up a shutdown', async () => {
    const relay = await startTestRelay();
    const { heard } = await listen(relay, await relay.userToken('operator'));
    await relay.app.close();
    await expect.poll(() => heard.ended).toBe(true);
  });

  it('needs the permission to inspect identities', async () => {
    const relay = await startTestRelay();
    const response = await relay.call('/v1/changes', await tokenWithoutSignIn(relay, userIdOf('ada')));
    expect(response.status).toBe(403);
  });
});
