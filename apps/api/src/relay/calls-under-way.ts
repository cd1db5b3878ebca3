import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import { overloaded } from '../overload.ts';
import { CallerGoneError } from './idp-client.ts';

/** Counts the calls under way in this process, and refuses what is too much. */
export class CallsUnderWay {
  readonly #most: number;
  readonly #abandoned: () => number;
  #count = 0;
  /** What ends the calls of a connection. Several of them wait there where the caller sends without waiting. */
  readonly #endsOf = new WeakMap<Socket, Set<() => void>>();

  /**
   * @param most how many calls are taken on at once
   * @param abandoned how many requests are left of callers who are gone
   */
  constructor(most: number, abandoned: () => number) {
    this.#most = most;
    this.#abandoned = abandoned;
  }

  /**
   * Takes a call on, until the end of its answer or of its connection.
   * @returns a signal that aborts, with a {@link CallerGoneError}, once the caller has hung up before the end of its answer
   * @throws Problem `relay_overloaded`; CallerGoneError for a caller that is gone already
   */
  begin({ raw, request }: FastifyReply): AbortSignal {
    const { socket } = request.raw;
    if (socket.destroyed || raw.destroyed) throw new CallerGoneError('The caller hung up.');
    if (this.#count + this.#abandoned() >= this.#most)
      throw overloaded('Too many calls are under way in this process of the relay.');
    const ends = this.#endsOf.get(socket) ?? this.#follow(socket);
    const controller = new AbortController();
    const end = (): void => {
      if (!ends.delete(end)) return;
      this.#count -= 1;
      if (!raw.writableFinished) controller.abort(new CallerGoneError('The caller hung up.'));
    };
    this.#count += 1;
    ends.add(end);
    raw.once('close', end);
    return controller.signal;
  }

  /** An answer that waits behind another one on the same connection never hears of that connection's end by itself. */
  #follow(socket: Socket): Set<() => void> {
    const ends = new Set<() => void>();
    this.#endsOf.set(socket, ends);
    socket.once('close', () => {
      for (const end of ends) end();
    });
    return ends;
  }
}
