import type { Clock } from './clock.ts';
import { withinDeadline } from './within-deadline.ts';

/** What helps users only as long as they need not wait for it is waited for no longer than this. Milliseconds. */
const patienceMs = 500;
/** A store that did not answer is done without for so long. Milliseconds. */
const pauseMs = 5_000;

/** Asks a store that could be done without, and leaves it alone for a while once it has failed or was slow. */
export class StorePause {
  readonly #clock: Clock;
  /** Milliseconds since the epoch. */
  #until = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True while the store is left alone. */
  get isOn(): boolean {
    return this.#clock.now() < this.#until;
  }

  /** The store's answer; undefined where it gave none in time, or failed. */
  async ask<Answer>(asking: Promise<Answer>): Promise<{ readonly answer: Answer } | undefined> {
    try {
      const answer = await withinDeadline(asking, this.#clock.now() + patienceMs, this.#clock, () => {
        throw new Error('no answer in time');
      });
      return { answer };
    } catch {
      this.#until = this.#clock.now() + pauseMs;
      return undefined;
    }
  }
}
