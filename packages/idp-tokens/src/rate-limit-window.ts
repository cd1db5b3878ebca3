import { retryAfterMs } from './retry-after.ts';

/** After a first 429 nothing is sent for at least so long, doubled with every further one. Milliseconds. */
const shortestPauseMs = 1_000;
/** Where the doubling ends. A longer wait that Auth0 asks for is kept to. Milliseconds. */
const longestPauseMs = 30_000;

/**
 * What the Management API last said of its rate limit, so that a request which it would refuse is not sent.
 * One for all requests of a process.
 * @see https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
 */
export class RateLimitWindow {
  #limit: number | undefined;
  #remaining: number | undefined;
  /** Milliseconds since the epoch; before it nothing is sent. */
  #closedUntil = 0;
  /** Answers of 429 since the last good one. */
  #refusals = 0;

  /** How long to wait before the next request, in milliseconds; 0: not at all. */
  waitMs(now: number): number {
    return Math.max(0, this.#closedUntil - now);
  }

  /** Takes note of an answer's headers. */
  observe(status: number, headers: Headers, now: number): void {
    this.#limit = readCount(headers, 'x-ratelimit-limit') ?? this.#limit;
    this.#remaining = readCount(headers, 'x-ratelimit-remaining') ?? this.#remaining;
    if (status === 429) {
      // A wait of nothing (`retry-after: 0`, or a reset that our clock takes for past) would make a loop without a pause.
      const pause = Math.min(shortestPauseMs * 2 ** this.#refusals, longestPauseMs);
      this.#refusals += 1;
      this.#closedUntil = Math.max(this.#closedUntil, now + Math.max(pause, retryAfterMs(headers, now) ?? 0));
      return;
    }
    this.#refusals = 0;
    if (this.#remaining === 0) {
      this.#closedUntil = Math.max(this.#closedUntil, now + (retryAfterMs(headers, now) ?? 0));
    }
  }

  /** What the last answer said, for metrics and the operators' tenant page. */
  snapshot(): { readonly limit: number | undefined; readonly remaining: number | undefined } {
    return { limit: this.#limit, remaining: this.#remaining };
  }
}

function readCount(headers: Headers, name: string): number | undefined {
  const value = headers.get(name);
  const count = value === null || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(count) ? count : undefined;
}
