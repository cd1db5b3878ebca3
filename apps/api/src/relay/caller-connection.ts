import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallerGoneError } from './idp-client.ts';
import { isBodyUnread } from './request-body.ts';

/** True once there is nobody to answer. */
export function isCallerGone({ raw, request }: FastifyReply): boolean {
  return raw.destroyed || request.raw.socket.destroyed;
}

/** What is to be done at the end of each call of a connection. Several wait there where the caller sends without waiting. */
const endsOf = new WeakMap<Socket, Set<() => void>>();

/**
 * A signal that aborts, with a {@link CallerGoneError}, once the caller has hung up before the end of its answer.
 * @param onEnd called once, at the end of the answer or of its connection; never for a caller that was gone already
 */
export function abortedWhenCallerLeaves(
  reply: FastifyReply,
  onEnd: () => void = () => undefined,
): AbortSignal {
  const { raw, request } = reply;
  const controller = new AbortController();
  const leave = (): void => controller.abort(new CallerGoneError('The caller hung up.'));
  if (isCallerGone(reply)) {
    leave();
    return controller.signal;
  }
  const { socket } = request.raw;
  const ends = endsOf.get(socket) ?? follow(socket);
  const end = (): void => {
    if (!ends.delete(end)) return;
    if (!raw.writableFinished) leave();
    onEnd();
  };
  ends.add(end);
  raw.once('close', end);
  return controller.signal;
}

/** An answer that waits behind another one on the same connection never hears of that connection's end by itself. */
function follow(socket: Socket): Set<() => void> {
  const ends = new Set<() => void>();
  endsOf.set(socket, ends);
  socket.once('close', () => {
    for (const end of ends) end();
  });
  return ends;
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
