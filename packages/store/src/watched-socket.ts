import { Socket } from 'node:net';

/**
 * A socket that gives itself up when nothing goes over it for too long, in either direction. A server whose machine is gone, or
 * that lies behind a proxy which forgot the connection, says nothing of it; TCP itself notices after a quarter of an hour, and
 * behind a proxy never.
 * @param silenceMs milliseconds
 */
export function watchedSocket(silenceMs: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(silenceMs, () => {
    socket.destroy(new Error('Nothing was heard of the database server for too long.'));
  });
}
