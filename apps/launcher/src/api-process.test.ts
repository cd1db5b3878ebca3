import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PortUnavailableError } from '@idp-relay/local-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiFailedError } from './api-failed-error.ts';
import { startApi, type ApiOptions } from './api-process.ts';
import { requireFreePorts } from './free-ports.ts';

let folder: string;
let others: Server;
let options: ApiOptions;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'api-'));
  // Says that it is ready, whatever it is asked: not the API, but a program that got to the port first.
  others = createServer((_request, reply) => reply.end('{}')).listen(0, '127.0.0.1');
  await once(others, 'listening');
  const settingsFile = join(folder, 'api.env');
  // No tenant is at this domain.
  const settings = {
    AUTH0_DOMAIN: 'localhost:9',
    AUTH0_CLIENT_ID: 'x',
    AUTH0_CLIENT_SECRET: 'x',
    RELAY_AUDIENCE: 'x',
  };
  writeFileSync(
    settingsFile,
    Object.entries(settings)
      .map((pair) => pair.join('='))
      .join('\n'),
  );
  const environment = {
    SAMPLE_PRODUCT_CLIENT_ID: 'x',
    SAMPLE_BACKEND_CLIENT_ID: 'x',
    RELAY_DATA_FOLDER: join(folder, 'relay'),
    SAMPLE_IDPS: 'https://localhost:9',
    SAMPLE_GOOGLE_SECRET: 'x',
    SAMPLE_MICROSOFT_SECRET: 'x',
    SAMPLE_BITBUCKET_SECRET: 'x',
    SIGNED_IN_URL: 'http://localhost:9',
  };
  options = { port: 0, metricsPort: 0, settingsFile, logFile: join(folder, 'api.log'), environment };
});
afterAll(() => {
  others.close();
  rmSync(folder, { recursive: true });
});

const failure = (changed: Partial<ApiOptions>): Promise<unknown> =>
  startApi({ ...options, ...changed }).catch((error: unknown) => error);
const takenPort = (): number => portOf(others);
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
};
function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return address.port;
}

/** A process that makes a database of its own takes a few seconds to start. Milliseconds. */
const startTime = 60_000;

describe('the start of the API', { timeout: startTime }, () => {
  it('does not take another program on its port for the API', async () => {
    const error = await failure({ port: takenPort() });
    expect(error).toBeInstanceOf(PortUnavailableError);
    expect(error).toMatchObject({ port: takenPort() });
  });
  it('says what the API lacks when it does not become ready, and leaves nothing behind', async () => {
    const port = await freePort();
    const error = await failure({ port, longestUnreadyMs: 0 });
    expect(error).toBeInstanceOf(ApiFailedError);
    expect(String(error)).toContain('signing_keys: the tenant’s JWKS cannot be read; management_api: ');
    await requireFreePorts([port]);
    expect(readFileSync(options.logFile, 'utf8')).toContain('Server listening');
  });
  it('says in one line that its log cannot be written, and starts nothing', async () => {
    const logFile = join(folder, 'log-is-a-folder');
    mkdirSync(logFile);
    const error = await failure({ logFile });
    expect(error).toBeInstanceOf(ApiFailedError);
    expect(String(error)).toMatch(
      /^Error: The API's log cannot be written to .*log-is-a-folder: EISDIR.*\.$/,
    );
  });
  it('is given up when asked to, and nothing is left behind', async () => {
    const controller = new AbortController();
    const port = await freePort();
    const giveUp = new Error('given up');
    const error = failure({ port, signal: controller.signal });
    controller.abort(giveUp);
    expect(await error).toBe(giveUp);
    await requireFreePorts([port]);
  });
  it('says what is wrong with its settings', async () => {
    writeFileSync(join(folder, 'empty.env'), '');
    expect(String(await failure({ settingsFile: join(folder, 'empty.env') }))).toContain(
      'AUTH0_DOMAIN is missing',
    );
  });
});

describe('requireFreePorts', () => {
  it('finds the port that is taken', async () => {
    await expect(requireFreePorts([await freePort(), takenPort()])).rejects.toMatchObject({
      code: 'port_unavailable',
      port: takenPort(),
    });
  });
});
