import { once } from 'node:events';
import { createServer } from 'node:http';
import { createIdpFetch } from '@idp-relay/client';
import { expect, it, onTestFinished } from 'vitest';
import { listRepositories } from './repositories.ts';

it('goes from page to page by the Link header, at the relay and nowhere else', async () => {
  const asked: string[] = [];
  const server = createServer((request, reply) => {
    asked.push(request.url ?? '');
    const page = Number(new URL(request.url ?? '', 'http://relay.test').searchParams.get('page') ?? '1');
    // As GitHub writes it, and as the relay hands it on.
    const next = `<https://api.github.com/user/repos?per_page=100&page=${page + 1}>; rel="next"`;
    reply
      .writeHead(200, { 'relay-source': 'idp', ...(page < 3 && { link: next }) })
      .end(JSON.stringify([{ full_name: `ada/${page}`, private: false }]));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const idp = createIdpFetch({
    origin: `http://127.0.0.1:${address.port}`,
    getAccessToken: async () => 'the-token',
  });
  const repositories = await Array.fromAsync(listRepositories(idp, 'github|1001', '1001'));
  expect(repositories.map(({ full_name: name }) => name)).toEqual(['ada/1', 'ada/2', 'ada/3']);
  const path = '/v1/users/github%7C1001/idp/github/user/repos';
  expect(asked).toEqual([
    `${path}?per_page=100&identity=1001`,
    `${path}?per_page=100&page=2&identity=1001`,
    `${path}?per_page=100&page=3&identity=1001`,
  ]);
});
