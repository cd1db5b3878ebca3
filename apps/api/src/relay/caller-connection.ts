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
 * Breaks the caller's connection off when nothing moves on it for too long while it should: while the caller sends its body,
 * and while it reads the answer. In between it waits for the IdP, whose silence has limits of its own.
 * @param idleTimeoutMs milliseconds
 */
export function limitSilence(request: FastifyRequest, reply: FastifyReply, idleTimeoutMs: number): void {
  const { socket } = request.raw;
  if (isBodyUnread(request)) {
    socket.setTimeout(idleTimeoutMs);
    request.raw.once('end', () => socket.setTimeout(0));
  }
  // Once the answer is over, Node puts its own limit for idle connections in the place of this one.
  reply.raw.once('pipe', () => socket.setTimeout(idleTimeoutMs));
}
