import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { createCatalogue } from '@idp-relay/idp-catalogue';
import { expect, it, onTestFinished } from 'vitest';
import { createIdpClient } from './idp-client.ts';
import { discard } from './response-receiver.ts';
import { examineResponse } from './examine-response.ts';

const catalogue = createCatalogue();
const entryOf = (strategy: string, connection = strategy) => {
  const entry = catalogue.find({ strategy, connection });
  if (entry === undefined) throw new Error(`no entry ${strategy}`);
  return entry;
};
const dropbox = entryOf('dropbox');
const slack = entryOf('oauth2', 'slack');
const json = { 'content-type': 'application/json; charset=utf-8' };

/** What the relay makes of an answer that a server really sends. */
async function examine(answer: (response: ServerResponse) => void, entry = dropbox) {
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = createIdpClient({ headersTimeoutMs: 2_000, idleTimeoutMs: 2_000 });
  onTestFinished(async () => {
    await client.close();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const signal = new AbortController().signal;
  const url = new URL(`http://127.0.0.1:${port ?? ''}/`);
  const response = await client.send({ url, headers: {}, method: 'GET', body: null, signal });
  const examined = await examineResponse(response, entry);
  return {
    ...examined,
    body: Buffer.isBuffer(examined.body) ? Readable.from([examined.body]) : examined.body,
  };
}
const sending = (status: number, body: string | Buffer, headers: Record<string, string> = json) =>
  [
    (response: ServerResponse) =>
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body),
    String(body),
  ] as const;

const missingScope = '{"error": {".tag": "missing_scope", "required_scope": "files.read"}}';

it('a 401 that says "missing scope" is no refusal, and is handed on whole', async () => {
  const [answer, body] = sending(401, missingScope);
  const examined = await examine(answer);
  expect(examined).toMatchObject({ fate: 'missing_scope', refusesToken: false });
  expect(await text(examined.body)).toBe(body);
});

it('any other 401 is one', async () => {
  const [answer] = sending(401, '{"error": {".tag": "expired_access_token"}}');
  expect(await examine(answer)).toMatchObject({ fate: 'refused', refusesToken: true });
});

it('one whose body is too long to read is let go, with its connection', async () => {
  const gone = Promise.withResolvers<unknown>();
  const examined = await examine((response) => {
    gone.resolve(once(response, 'close'));
    response.writeHead(401, { ...json, 'content-length': 4_000_000 }).write('x'.repeat(400_000));
  });
  expect(examined.refusesToken).toBe(true);
  discard(examined.body);
  await gone.promise;
});

it('a compressed body is understood, and handed on compressed', async () => {
  const compressed = gzipSync(missingScope);
  const [answer] = sending(401, compressed, { ...json, 'content-encoding': 'gzip' });
  const examined = await examine(answer);
  expect(examined.fate).toBe('missing_scope');
  const chunks: unknown[] = await examined.body.toArray();
  expect(chunks).toEqual([compressed]);
});

it('a 200 is looked into only where the IdP refuses tokens so', async () => {
  const refusal = '{"ok": false, "error": "token_expired"}';
  const [answer] = sending(200, refusal);
  expect(await examine(answer, slack)).toMatchObject({ fate: 'refused' });
  const other = await examine(answer, dropbox);
  expect(other.fate).toBe('none');
  expect(await text(other.body)).toBe(refusal);
});

it.each<[string, (response: ServerResponse) => void, number]>([
  [
    'no known length',
    (response) => {
      response.writeHead(200, json).write('{"error": ');
      response.end('"token_expired"}');
    },
    26,
  ],
  ['another type', sending(200, '{"error": "token_expired"}', { 'content-type': 'text/html' })[0], 26],
  ['great length', sending(200, `{"error": "token_expired"${' '.repeat(70_000)}}`)[0], 70_026],
])('a 200 of %s streams by', async (_what, answer, length) => {
  const examined = await examine(answer, slack);
  expect(examined.fate).toBe('none');
  expect(await text(examined.body)).toHaveLength(length);
});

it('a long error body is not waited for, and loses no byte', async () => {
  const [answer, body] = sending(401, `${missingScope}${' '.repeat(200_000)}`);
  const examined = await examine(answer);
  expect(examined.fate).toBe('refused');
  expect(await text(examined.body)).toBe(body);
});

it('a short body that breaks off is no answer', async () => {
  const examined = examine((response) => {
    response.writeHead(401, { ...json, 'content-length': '100' }).write('{"error"', () => response.destroy());
  });
  await expect(examined).rejects.toMatchObject({ code: 'idp_unavailable' });
});

it('an error body of unknown length that breaks off is handed on broken', async () => {
  const examined = await examine((response) => {
    response.writeHead(401, json).write('{"error"', () => response.destroy());
  });
  await expect(text(examined.body)).rejects.toThrow();
});
