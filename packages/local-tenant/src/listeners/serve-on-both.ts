import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Certificates } from './certificates.ts';

/** Ports of one app; 0 takes any that is free. */
export interface BothPorts {
  readonly http: number;
  readonly https: number;
}

/** A port that the tenant needs is taken, or may not be opened. */
export class PortUnavailableError extends Error {
  /** Stable; branch on this. */
  readonly code = 'port_unavailable';
  readonly port: number;
  constructor(port: number, cause: unknown) {
    super(`Port ${port} on localhost cannot be opened: another program has it, or the system forbids it.`, {
      cause,
    });
    this.name = 'PortUnavailableError';
    this.port = port;
  }
}

/** Only this machine reaches the tenant. */
const loopback = '127.0.0.1';

/**
 * Serves one app over http and https at once, on loopback only.
 * @returns the origins with the ports that were taken, and a function that ends the https server
 * @throws PortUnavailableError
 */
export async function serveOnBoth(
  app: FastifyInstance,
  ports: BothPorts,
  certificates: Certificates,
): Promise<{ readonly http: string; readonly https: string; readonly close: () => Promise<void> }> {
  await app.ready();
  const secure = createServer({ cert: certificates.certificate, key: certificates.key }, (request, reply) => {
    app.routing(request, reply);
  });
  const https = `https://localhost:${await listenSecurely(secure, ports.https)}`;
  try {
    const address = new URL(await app.listen({ host: loopback, port: ports.http }));
    return { http: `http://localhost:${address.port}`, https, close: () => closeSecure(secure) };
  } catch (cause) {
    await closeSecure(secure);
    throw new PortUnavailableError(ports.http, cause);
  }
}

async function listenSecurely(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new PortUnavailableError(port, cause)));
    server.listen({ host: loopback, port }, resolve);
  });
  return portOf(server.address());
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return address.port;
}

async function closeSecure(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
