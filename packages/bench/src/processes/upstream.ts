// The IdP's API, as small as can be, so that it is never what is measured: 1 KB of JSON at any path, and streams of
// `/stream/<bytes>` that go no faster than they are read. https, as the relay calls nothing else.
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { loadCertificates } from '@idp-relay/local-tenant';
import { z } from 'zod';

const { PORT, TENANT_FOLDER } = z
  .object({ PORT: z.coerce.number(), TENANT_FOLDER: z.string() })
  .parse(process.env);

const answerBytes = 1024;
const frame = JSON.stringify({ login: 'someone', bio: '' }).length;
const answer = Buffer.from(JSON.stringify({ login: 'someone', bio: 'x'.repeat(answerBytes - frame) }));
const chunk = Buffer.alloc(65_536, 'x');

const { certificate: cert, key } = await loadCertificates(Date.now(), TENANT_FOLDER);
const server = createServer({ cert, key, keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume();
  const bytes = /^\/stream\/(\d+)$/.exec(request.url ?? '')?.[1];
  if (bytes !== undefined) {
    sendStream(response, Number(bytes));
    return;
  }
  response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length })
    .end(answer);
});
server.listen(PORT, 'localhost');

function sendStream(response: ServerResponse, bytes: number): void {
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes });
  let left = bytes;
  const send = (): void => {
    while (left > 0) {
      const part = chunk.subarray(0, Math.min(left, chunk.length));
      left -= part.length;
      if (!response.write(part) && left > 0) return void response.once('drain', send);
    }
    response.end();
  };
  send();
}
