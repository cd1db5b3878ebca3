import { expect, it, onTestFinished } from 'vitest';
import { startSilentIdp } from '../../test/silent-idp.ts';
import { createIdpClient } from './idp-client.ts';

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
