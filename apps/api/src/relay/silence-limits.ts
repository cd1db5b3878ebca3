import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isBodyUnread } from './request-body.ts';

/**
 * Breaks the caller's connection off when nothing comes for too long while the caller sends its body.
 * @param idleTimeoutMs milliseconds
 */
export function limitSendersSilence(request: FastifyRequest, idleTimeoutMs: number): void {
  if (!isBodyUnread(request)) return;
  const { socket } = request.raw;
  socket.setTimeout(idleTimeoutMs);
  // From then on the caller waits for the IdP, whose silence has limits of its own.
  request.raw.once('end', () => socket.setTimeout(0));
}

/**
 * The same when nothing is taken for too long of an answer that streams.
 * @param socket the caller's: a request whose body was sent on has none any more
 * @param idleTimeoutMs milliseconds
 */
export function limitReadersSilence({ raw }: FastifyReply, socket: Socket, idleTimeoutMs: number): void {
  // Once the answer is over, Node puts its own limit for idle connections in the place of this one.
  raw.once('pipe', () => socket.setTimeout(idleTimeoutMs));
}
