import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestRelay, type TestRelay } from '../test/test-relay.ts';
import { configTable } from './config-table.ts';
import { problemTable } from './problem-table.ts';
import { problemKinds } from './problems/problem-codes.ts';

let relay: TestRelay;
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => {
  relay = await startTestRelay({}, (end) => ends.push(end));
});
afterAll(() => Promise.all(ends.map((end) => end())));

describe('every route', () => {
  it('needs a token, unless it is listed here', async () => {
    const open = ['/healthz', '/readyz', '/openapi.json', '/problems', '/problems/:code'];
    const routes = z
      .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(relay.app.swagger()).paths;
    for (const [path, operations] of Object.entries(routes)) {
      const url = path.replace(/\{[^}]+\}/g, 'x').replace('*', 'x');
      const method = 'get' in operations ? 'GET' : 'POST';
      const response = await relay.app.inject({ method, url });
      const isOpen = open.includes(path.replace(/\{(\w+)\}/g, ':$1'));
      expect([path, response.statusCode === 401]).toEqual([path, !isOpen]);
    }
  });
  it('is not to be kept', async () => {
    for (const path of ['/healthz', '/v1/me/identities', '/nowhere', '/problems/nothing']) {
      const response = await relay.call(path);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
  it('is told what no HTTP request is, and what no path is, as problem documents', async () => {
    const raw = (text: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const socket = connect(Number(new URL(relay.origin).port), '127.0.0.1', () => socket.end(text));
        let answer = '';
        socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
        socket.on('close', () => resolve(answer)).on('error', reject);
      });
    for (const text of [
      'GET /healthz HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n',
      'GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n',
    ]) {
      const answer = await raw(text);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toContain('"code":"request_invalid"');
      for (const header of ['cache-control: no-store', 'x-content-type-options: nosniff', 'request-id: '])
        expect(answer).toContain(header);
    }
  });
  it('that does not exist is a problem document', async () => {
    const response = await relay.call('/v2/anything');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      code: 'route_not_found',
      type: '/problems/route_not_found',
      status: 404,
    });
  });
});

it('has a page for every problem code', async () => {
  for (const [code, kind] of Object.entries(problemKinds)) {
    const response = await relay.call(`/problems/${code}`);
    expect(await response.json()).toEqual({ code, ...kind });
  }
});

it('the OpenAPI document is the one that is kept', async () => {
  const response = await relay.call('/openapi.json');
  const document = JSON.stringify(await response.json(), null, 2);
  await expect(`${document}\n`).toMatchFileSnapshot(join(import.meta.dirname, '..', 'openapi.json'));
});

it('is ready once keys and management token are there', async () => {
  expect(await (await relay.call('/readyz')).json()).toMatchObject({ ready: true });
});

describe('cross-origin calls', () => {
  const preflight = (origin: string): Promise<Response> =>
    relay.call('/v1/me/idp/github/user', undefined, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });
  it('a preflight without an origin is answered, and allows nothing', async () => {
    const response = await relay.call('/v1/me/identities', undefined, {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'GET' },
    });
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
    expect(response.status).toBeLessThan(500);
  });
  it('are for configured origins', async () => {
    const allowed = await preflight('https://app.test');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.test');
    expect(allowed.headers.has('access-control-allow-credentials')).toBe(false);
    expect((await preflight('https://evil.example')).headers.has('access-control-allow-origin')).toBe(false);
  });
});

it('logs no token, no query and no header, and gives each request an id', async () => {
  const ada = await relay.userToken('ada');
  const response = await relay.call('/v1/me/idp/github/user?secret=in-the-query', ada, {
    headers: { 'x-secret': 'in-a-header' },
  });
  await response.text();
  await expect.poll(() => relay.log.join('')).toContain(response.headers.get('request-id') ?? '');
  const log = relay.log.join('');
  for (const text of ['in-the-query', 'in-a-header', ada, 'cAnArY', 'Bearer '])
    expect(log).not.toContain(text);
});

it.each([
  ['settings', configTable()],
  ['problems', problemTable()],
])('the README’s table of %s is the one that the code has', async (_name, table) => {
  const readme = await readFile(join(import.meta.dirname, '..', '..', '..', 'README.md'), 'utf8');
  expect(readme).toContain(table);
});
