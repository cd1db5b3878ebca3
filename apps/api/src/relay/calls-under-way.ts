import type { FastifyReply } from 'fastify';
import { overloaded } from '../overload.ts';
import { CallerPresence, isCallerGone } from './caller-presence.ts';
import { CallerGoneError } from './idp-failure.ts';

/** Counts the calls under way in this process, and refuses what is too much. */
export class CallsUnderWay {
  readonly #most: number;
  readonly #abandoned: () => number;
  #count = 0;

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
   * @throws Problem `relay_overloaded`; CallerGoneError for a caller that is gone already
   */
  begin(reply: FastifyReply): CallerPresence {
    if (isCallerGone(reply)) throw new CallerGoneError('The caller hung up.');
    if (this.#count + this.#abandoned() >= this.#most)
      throw overloaded('Too many calls are under way in this process of the relay.');
    this.#count += 1;
    return new CallerPresence(reply, () => {
      this.#count -= 1;
    });
  }
}
