import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A place in front of a server at which new connections can be kept waiting. TLS goes through it as it is. */
export interface TcpGate {
  /** Port on loopback. */
  readonly port: number;
  /** From now on new connections wait: nothing of them arrives at the server. */
  shut(): void;
  /** Lets those through that wait, and all that come. */
  open(): void;
  /** How many connections have come to wait since the gate was shut. */
  readonly held: () => number;
  close(): Promise<void>;
}

/**
 * Starts a gate, open.
 * @param target port of the server, on loopback
 */
export async function startTcpGate(target: number): Promise<TcpGate> {
  let held: Socket[] | undefined;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const pass = (socket: Socket): void => {
    const onward = keep(connect(target, 'localhost'));
    socket.on('close', () => onward.destroy()).pipe(onward);
    onward.on('close', () => socket.destroy()).pipe(socket);
  };
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    keep(socket);
    if (held === undefined) pass(socket);
    else held.push(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gate has no port');
  return {
    port: address.port,
    shut: () => (held = []),
    open: () => {
      for (const socket of held ?? []) pass(socket);
      held = undefined;
    },
    held: () => held?.length ?? 0,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
