import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { startTestRelay, tokenWithoutSignIn, userIdOf, type TestRelay } from '../test/test-relay.ts';

async function open(relay: TestRelay, head: string): Promise<Socket> {
  const socket = connect({ port: Number(new URL(relay.origin).port), host: '127.0.0.1' });
  await once(socket, 'connect');
  socket.write(head);
  return socket;
}

/** The answer, the body being what JSON says. */
function parse(answer: string): { head: string; body: unknown } {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return { head: head.toLowerCase(), body: JSON.parse(body) };
}

it('what is under way is answered and its connection closed; what begins then is sent elsewhere', async () => {
  const relay = await startTestRelay();
  const ada = await tokenWithoutSignIn(relay, userIdOf('ada'));
  expect((await relay.call('/v1/me/idp/github/user', ada)).status).toBe(200);
  relay.tenant.faults.add('idps', { pathPrefix: '/github/api/user', delayMs: 1_500, times: 1 });
  const idpCalls = relay.tenant.faults.count('idps');
  const authorization = `Authorization: Bearer ${ada}\r\n\r\n`;
  const underWay = await open(
    relay,
    `GET /v1/me/idp/github/user HTTP/1.1\r\nHost: relay\r\n${authorization}`,
  );
  const beginning = await open(relay, 'GET /v1/me/identities HTTP/1.1\r\n');
  const asking = await open(relay, 'GET /readyz HTTP/1.1\r\n');
  await expect.poll(() => relay.tenant.faults.count('idps')).toBe(idpCalls + 1);

  const closed = relay.app.close();
  await expect.poll(() => relay.app.isClosing()).toBe(true);
  beginning.write(`Host: relay\r\nOrigin: https://app.test\r\n${authorization}`);
  const refused = parse(await text(beginning));
  expect(refused.head).toMatch(/^http\/1.1 503 /);
  for (const header of [
    'retry-after: 1',
    'connection: close',
    'relay-source: relay',
    'access-control-allow-origin',
  ])
    expect(refused.head).toContain(header);
  expect(refused.body).toMatchObject({ code: 'relay_closing' });
  asking.write('Host: relay\r\n\r\n');
  expect(parse(await text(asking)).body).toMatchObject({ ready: false, checks: { shutdown: { ok: false } } });

  const answered = parse(await text(underWay));
  expect(answered.head).toMatch(/^http\/1.1 200 /);
  expect(answered.head).toContain('connection: close');
  await closed;
});

it('a stranger who announces a body and does not send it is broken off; a body that goes on to an IdP may take its time', async () => {
  const relay = await startTestRelay({ requestDeadlineMs: 500 });
  const ada = await tokenWithoutSignIn(relay, userIdOf('ada'));
  expect((await relay.call('/v1/me/idp/github/user', ada)).status).toBe(200);
  const announced = 'Host: relay\r\nContent-Type: application/json\r\nContent-Length: 2\r\n';
  const path = '/v1/me/idp/github/_sample/echo';
  const upload = await open(
    relay,
    `POST ${path} HTTP/1.1\r\n${announced}Connection: close\r\nAuthorization: Bearer ${ada}\r\n\r\n{`,
  );
  // A body that is there, and that nobody reads.
  const operator = await relay.userToken('operator');
  const following = await open(
    relay,
    `GET /v1/changes HTTP/1.1\r\n${announced}Authorization: Bearer ${operator}\r\n\r\n{}`,
  );
  following.resume();
  const stranger = await open(relay, `POST /v1/notices/sign-in HTTP/1.1\r\n${announced}\r\n{`);
  expect(await text(stranger)).toBe('');
  expect(following.closed).toBe(false);
  following.destroy();
  upload.write('}');
  expect(await text(upload)).toMatch(/^HTTP\/1.1 200 /);
});
