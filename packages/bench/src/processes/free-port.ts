import { once } from 'node:events';
import { createServer } from 'node:net';
import { BenchError } from '../bench-error.ts';

/** A port of loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new BenchError('This machine gives no port.');
  return address.port;
}
