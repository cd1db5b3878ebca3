import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A place in front of a server at which connections can be frozen: nothing goes over them any more, and nothing closes them. */
export interface FreezingGate {
  /** Port on loopback. */
  readonly port: number;
  /** Freezes the connections that there are; new ones pass. */
  freeze(): void;
  close(): Promise<void>;
}

/** Starts a gate. @param target the server */
export async function startFreezingGate(target: { host: string; port: number }): Promise<FreezingGate> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((socket) => {
    const pair = [socket, connect(target)] as const;
    const [, onward] = pair;
    pairs.add(pair);
    for (const end of pair) end.on('error', () => end.destroy());
    socket.pipe(onward).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gate has no port');
  return {
    port: address.port,
    freeze: () => {
      for (const [socket, onward] of pairs) {
        socket.unpipe().pause();
        onward.unpipe().pause();
      }
    },
    close: async () => {
      for (const pair of pairs) pair.forEach((end) => end.destroy());
      server.close();
      await once(server, 'close');
    },
  };
}
