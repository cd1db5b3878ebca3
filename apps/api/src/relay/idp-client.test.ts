import { createServer } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { startSilentIdp } from '../../test/silent-idp.ts';
import { createIdpClient } from './idp-client.ts';
import { isIdpFailure } from './idp-failure.ts';

async function start() {
  const idp = await startSilentIdp();
  const client = createIdpClient({ headersTimeoutMs: 60_000, idleTimeoutMs: 60_000 });
  onTestFinished(() => {
    idp.hangUp();
    return client.close();
  });
  const send = (signal: AbortSignal) =>
    client.send({ url: new URL(idp.origin), method: 'GET', headers: {}, body: null, signal });
  return { idp, client, send };
}

it('a signal that aborts ends a request that waits for its connection', async () => {
  const { idp, client, send } = await start();
  await expect(send(AbortSignal.timeout(100))).rejects.toMatchObject({ code: 'idp_timeout' });
  expect(client.abandoned()).toBe(1);
  idp.hangUp();
  await expect.poll(() => client.abandoned()).toBe(0);
});

it('a signal that aborted before opens no connection', async () => {
  const { idp, client, send } = await start();
  await expect(send(AbortSignal.abort())).rejects.toMatchObject({ code: 'idp_timeout' });
  expect(client.abandoned()).toBe(0);
  expect(idp.connections()).toBe(0);
});

it('a body that is not framed as HTTP demands breaks off as a failure of the IdP', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () =>
      socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nno length\r\n'),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = new URL(`http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/`);
  const client = createIdpClient({ headersTimeoutMs: 2_000, idleTimeoutMs: 2_000 });
  const { signal } = new AbortController();
  const { body } = await client.send({ url, method: 'GET', headers: {}, body: null, signal });
  const failure: unknown = await text(Readable.from(body)).catch((error: unknown) => error);
  expect(isIdpFailure(failure)).toBe(true);
});
