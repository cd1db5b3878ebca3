import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallerGoneError } from './idp-client.ts';
import { isBodyUnread } from './request-body.ts';

/** A signal that aborts, with a {@link CallerGoneError}, once the caller has hung up before the end of its answer. */
export function abortedWhenCallerLeaves(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  const leave = (): void => controller.abort(new CallerGoneError('The caller hung up.'));
  const { socket } = reply.request.raw;
  const leaveUnanswered = (): void => {
    if (!reply.raw.writableFinished) leave();
  };
  if (reply.raw.destroyed || socket.destroyed) leave();
  reply.raw.once('close', leaveUnanswered);
  // Behind another answer on the same connection it has no socket yet, and would not hear of the end of it.
  if (reply.raw.socket === null) socket.once('close', leaveUnanswered);
  return controller.signal;
}

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
