import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import type { CancelSignal } from './cancel-signal.ts';
import { CallerGoneError } from './idp-failure.ts';

/** True once there is nobody to answer. */
export function isCallerGone({ raw, request }: FastifyReply): boolean {
  return raw.destroyed || request.raw.socket.destroyed;
}

/** Those who wait on each connection for their answer. There are several where the caller sends without waiting. */
const callersOf = new WeakMap<Socket, Set<CallerPresence>>();

/** Aborts, with a {@link CallerGoneError}, once the caller has hung up before the end of its answer. */
export class CallerPresence implements CancelSignal {
  /** {@link CancelSignal.reason} */
  reason: CallerGoneError | undefined;
  readonly #reply: FastifyReply;
  readonly #onEnd: () => void;
  readonly #listeners: (() => void)[] = [];
  readonly #callers: Set<CallerPresence> | undefined;

  /** @param onEnd called once, at the end of the answer or of its connection; never for a caller that was gone already */
  constructor(reply: FastifyReply, onEnd: () => void = () => undefined) {
    this.#reply = reply;
    this.#onEnd = onEnd;
    if (isCallerGone(reply)) {
      this.#leave();
      return;
    }
    const { socket } = reply.request.raw;
    this.#callers = callersOf.get(socket) ?? follow(socket);
    this.#callers.add(this);
    reply.raw.once('close', () => this.end());
  }

  /** True once the caller has left. */
  get aborted(): boolean {
    return this.reason !== undefined;
  }

  /** {@link CancelSignal.addEventListener} */
  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** {@link CancelSignal.removeEventListener} */
  removeEventListener(_type: 'abort', listener: () => void): void {
    const at = this.#listeners.indexOf(listener);
    if (at !== -1) this.#listeners.splice(at, 1);
  }

  /** @throws CallerGoneError once the caller has left */
  throwIfAborted(): void {
    if (this.reason !== undefined) throw this.reason;
  }

  /** To be called when the answer or its connection has ended, and again when the other one has. */
  end(): void {
    if (this.#callers?.delete(this) !== true) return;
    try {
      if (!this.#reply.raw.writableFinished) this.#leave();
    } finally {
      this.#onEnd();
    }
  }

  #leave(): void {
    this.reason = new CallerGoneError('The caller hung up.');
    for (const listener of this.#listeners.splice(0)) listener();
  }
}

/** An answer that waits behind another one on the same connection never hears of that connection's end by itself. */
function follow(socket: Socket): Set<CallerPresence> {
  const callers = new Set<CallerPresence>();
  callersOf.set(socket, callers);
  socket.once('close', () => {
    for (const caller of callers) caller.end();
  });
  return callers;
}

/** A caller's presence as an AbortSignal, for those who need one. */
export function abortedWhenCallerLeaves(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  const presence = new CallerPresence(reply);
  const abort = (): void => controller.abort(presence.reason);
  if (presence.aborted) abort();
  else presence.addEventListener('abort', abort);
  return controller.signal;
}
