import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** An IdP whose machine takes connections and never says a word on them; it ends with the test that started it. */
export interface SilentIdp {
  readonly origin: string;
  /** How many connections it has taken. */
  connections(): number;
  /** Breaks all of them off, and whatever comes after. */
  hangUp(): void;
}

/** Starts it on a port of its own. */
export async function startSilentIdp(): Promise<SilentIdp> {
  const sockets: Socket[] = [];
  let hasHungUp = false;
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    if (hasHungUp) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hangUp = (): void => {
    hasHungUp = true;
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    server.close();
    hangUp();
  });
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return { origin: `https://127.0.0.1:${port}`, connections: () => sockets.length, hangUp };
}
