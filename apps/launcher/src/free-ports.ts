import { once } from 'node:events';
import { createServer } from 'node:net';
import { PortUnavailableError } from '@idp-relay/local-tenant';

/** Both are `localhost`: whoever has a port on either of them answers those who call it by that name. */
const loopbacks = ['127.0.0.1', '::1'];

/** Failures that say that the machine has no such loopback, not that somebody else is there. */
const noSuchAddress = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/**
 * Makes sure that nobody listens on these ports of localhost, by listening there for a moment.
 * @throws PortUnavailableError
 */
export async function requireFreePorts(ports: readonly number[]): Promise<void> {
  for (const port of ports) for (const host of loopbacks) await requireFreePort(port, host);
}

async function requireFreePort(port: number, host: string): Promise<void> {
  const server = createServer();
  try {
    server.listen({ port, host });
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && noSuchAddress.has(String(cause.code))) return;
    throw new PortUnavailableError(port, cause);
  }
}
