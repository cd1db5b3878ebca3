import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { createAccessTokenSource } from './access-token.ts';

/** A token endpoint that counts, and refuses as long as it is told to. */
async function startTokenEndpoint() {
  const endpoint = { issued: 0, refuses: false, forms: [] as string[] };
  const server = createServer((request, reply) => {
    let form = '';
    request.on('data', (chunk) => (form += String(chunk)));
    request.on('end', () => {
      endpoint.forms.push(form);
      if (endpoint.refuses) {
        reply.writeHead(401).end('{"error":"access_denied","error_description":"Unauthorized"}');
        return;
      }
      endpoint.issued += 1;
      reply.end(JSON.stringify({ access_token: `token-${endpoint.issued}`, expires_in: 3600 }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const credentials = {
    tenantOrigin: `http://127.0.0.1:${address.port}`,
    clientId: 'the client',
    clientSecret: 'the secret',
    audience: 'the-audience',
  };
  return { endpoint, credentials };
}

it('asks by client credentials, once for all who wait, and anew a minute before the end', async () => {
  const { endpoint, credentials } = await startTokenEndpoint();
  let now = 0;
  const getAccessToken = createAccessTokenSource(credentials, () => now);
  expect(await Promise.all([getAccessToken(), getAccessToken()])).toEqual(['token-1', 'token-1']);
  expect(endpoint.forms).toEqual([
    'grant_type=client_credentials&client_id=the+client&client_secret=the+secret&audience=the-audience',
  ]);
  now = 3_539_999;
  expect(await getAccessToken()).toBe('token-1');
  now = 3_540_000;
  expect(await getAccessToken()).toBe('token-2');
});

it('keeps no refusal', async () => {
  const { endpoint, credentials } = await startTokenEndpoint();
  const getAccessToken = createAccessTokenSource(credentials);
  endpoint.refuses = true;
  await expect(getAccessToken()).rejects.toMatchObject({
    code: 'access_denied',
    message: 'Auth0 gave no access token: access_denied. Unauthorized',
  });
  endpoint.refuses = false;
  expect(await getAccessToken()).toBe('token-1');
});
