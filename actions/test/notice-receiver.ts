import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

export const noticeSecret = 'the-notice-secret-of-these-tests-0123456789';

/** What the relay gets by a notice: nothing else may be in it. */
export const Notice = z.strictObject({
  user_id: z.string(),
  connection: z.string(),
  signed_in_at: z.iso.datetime(),
  identities: z.array(z.strictObject({ connection: z.string(), provider: z.string(), user_id: z.string() })),
});
export type Notice = z.infer<typeof Notice>;

/** A server on a port of its own that ends with the test. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return `http://127.0.0.1:${address.port}`;
}

/** Stands where the relay does: takes notices that are signed right and new, and refuses all others. */
export async function startNoticeReceiver(): Promise<{ readonly url: string; readonly notices: Notice[] }> {
  const notices: Notice[] = [];
  const url = await serve((request, reply) => {
    void receive(request).then((notice) => {
      if (notice !== undefined) notices.push(notice);
      reply.writeHead(notice === undefined ? 401 : 204).end();
    });
  });
  return { url, notices };
}

async function receive(request: IncomingMessage): Promise<Notice | undefined> {
  const body = await text(request);
  const timestamp = String(request.headers['x-idp-relay-timestamp']);
  const expected = `v1=${createHmac('sha256', noticeSecret).update(`${timestamp}.${body}`).digest('hex')}`;
  const given = String(request.headers['x-idp-relay-signature']);
  const isRight =
    `${request.method} ${request.url}` === 'POST /v1/notices/sign-in' &&
    request.headers['content-type'] === 'application/json' &&
    Math.abs(Date.now() / 1000 - Number(timestamp)) < 60 &&
    given.length === expected.length &&
    timingSafeEqual(Buffer.from(given), Buffer.from(expected));
  return isRight ? Notice.parse(JSON.parse(body)) : undefined;
}
