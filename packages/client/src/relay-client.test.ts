import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { generateSchema, schemaFile } from './generate-schema.ts';
import { createIdpFetch, createRelayClient, RelayProblem, type RelayClientOptions } from './index.ts';

it('the types are those of the OpenAPI document', async () => {
  expect(readFileSync(schemaFile, 'utf8'), 'Run pnpm --filter @idp-relay/client run write-schema').toBe(
    await generateSchema(),
  );
});

async function startRelay(answer: RequestListener): Promise<RelayClientOptions> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { origin: `http://127.0.0.1:${address.port}`, getAccessToken: async () => 'the-token' };
}

const startClient = async (answer: RequestListener) => createRelayClient(await startRelay(answer));

it('sends the access token, encodes parameters and gives the data', async () => {
  const asked: string[] = [];
  const client = await startClient((request, reply) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? ''}`);
    reply
      .setHeader('content-type', 'application/json')
      .end('{"user":{"user_id":"github|1"},"identities":[]}');
  });
  const { data } = await client.GET('/v1/users/{user_id}/identities', {
    params: { path: { user_id: 'github|1' } },
  });
  expect(data?.user.user_id).toBe('github|1');
  expect(asked).toEqual(['GET /v1/users/github%7C1/identities Bearer the-token']);
});

it('a refusal of the relay rejects with its code, what to do, and when', async () => {
  const client = await startClient((_request, reply) => {
    reply
      .writeHead(503, {
        'content-type': 'application/problem+json',
        'retry-after': '7',
        'request-id': 'r1',
        'relay-source': 'relay',
      })
      .end('{"code":"management_rate_limited","detail":"Wait a little.","status":503}');
  });
  const problem: unknown = await client.GET('/v1/connections').catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(RelayProblem);
  expect(problem).toMatchObject({
    status: 503,
    code: 'management_rate_limited',
    detail: 'Wait a little.',
    retryAfterSeconds: 7,
    requestId: 'r1',
  });
});

it('an answer that is no problem document is one all the same', async () => {
  const client = await startClient((_request, reply) => {
    reply.writeHead(502).end('<html>');
  });
  await expect(client.GET('/v1/tenant')).rejects.toMatchObject({ code: 'unreadable', status: 502 });
});

it('what the IdP answered to a call is the caller’s to read, and what the relay refused is a problem', async () => {
  const asked: string[] = [];
  const idp = createIdpFetch(
    await startRelay((request, reply) => {
      asked.push(request.url ?? '');
      const source = request.url?.includes('refused') === true ? 'relay' : 'idp';
      reply.writeHead(404, { 'relay-source': source }).end('{"code":"connection_not_linked"}');
    }),
  );
  const answer = await idp('acme crm', '/user/repos?page=2', { identity: '1 2' });
  expect(answer.status).toBe(404);
  await expect(idp('github', '/refused')).rejects.toMatchObject({ code: 'connection_not_linked' });
  expect(asked).toEqual([
    '/v1/me/idp/acme%20crm/user/repos?page=2&identity=1+2',
    '/v1/me/idp/github/refused',
  ]);
});

it('a backend calls as the user that it names', async () => {
  const asked: string[] = [];
  const idp = createIdpFetch(
    await startRelay((request, reply) => {
      asked.push(request.url ?? '');
      reply.writeHead(200, { 'relay-source': 'idp' }).end('[]');
    }),
  );
  await idp('github', '/user/repos', { userId: 'github|1001', identity: '1001' });
  expect(asked).toEqual(['/v1/users/github%7C1001/idp/github/user/repos?identity=1001']);
});
