import { LRUCache } from 'lru-cache';
import type { UserChange } from './user-changes.ts';

/**
 * How far (milliseconds) Auth0's clock may differ from ours. What was read in this time around a change is read again.
 */
const clockSkewMs = 5_000;

/** From which moment on what was read of a user is still good: later than the last change that was heard of. */
export class ReadHorizons {
  readonly #profiles: LRUCache<string, number>;
  readonly #verdicts: LRUCache<string, number>;
  #allVerdicts = 0;

  /** @param maxEntries how many users' changes are remembered; caches that hold as many users need no more */
  constructor(maxEntries: number) {
    this.#profiles = new LRUCache({ max: maxEntries });
    this.#verdicts = new LRUCache({ max: maxEntries });
  }

  /**
   * Takes a change into account. Changes may come late, in any order and more than once: one that is older than what was
   * read since moves nothing.
   * @param now milliseconds since the epoch
   */
  move({ userId, what, changedAt }: UserChange, now: number): void {
    const horizons = what === 'profile' ? this.#profiles : this.#verdicts;
    // What processes tell each other comes at once, and their clocks may differ by more than Auth0's does.
    const horizon = what === 'profile' ? Math.min(now, changedAt + clockSkewMs) : now;
    horizons.set(userId, Math.max(horizon, horizons.get(userId) ?? 0));
  }

  /** Changes may have been missed. What is kept here is looked up anew; profiles have their lifetime. */
  moveAll(now: number): void {
    this.#allVerdicts = now;
  }

  /** Milliseconds since the epoch: a profile that was read before is out of date. */
  ofProfile(userId: string): number {
    return this.#profiles.peek(userId) ?? 0;
  }

  /** Milliseconds since the epoch: the same for what the relay keeps of the user's tokens. */
  ofVerdicts(userId: string): number {
    return Math.max(this.#allVerdicts, this.#verdicts.peek(userId) ?? 0);
  }
}
