import { retryAfterMs } from './retry-after.ts';

/** After a first 429 nothing is sent for at least so long, doubled with every further one. Milliseconds. */
const shortestPauseMs = 1_000;
/** Where the doubling ends. A longer wait that Auth0 asks for is kept to. Milliseconds. */
const longestPauseMs = 30_000;
/** With nothing left and no word of when there will be, one request is tried after so long. Milliseconds. */
const retryMs = 1_000;

/**
 * What is known of the Management API's rate limit, by all who use it for one tenant. Requests are counted as they are granted,
 * so that an answer's count of what is left can be told from what was granted since.
 * @see https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
 */
export interface BudgetState {
  /** Requests that were granted so far. */
  readonly granted: number;
  /** Requests that may be granted now; `null` where Auth0 names no limit. */
  readonly left: number | null;
  /** `x-ratelimit-limit`; `null`: not heard yet. */
  readonly limit: number | null;
  /** Milliseconds since the epoch: with nothing left, one request may be granted from then on. */
  readonly opensAt: number;
  /** Answers of 429 since the last good one. */
  readonly refusals: number;
  /** How many had been granted when the last 429 came: answers to these do not end its pause. */
  readonly grantedAtRefusal: number;
}

/** Before anything is heard of the tenant: one request finds out. */
export const unknownBudget: BudgetState = {
  granted: 0,
  left: 1,
  limit: null,
  opensAt: 0,
  refusals: 0,
  grantedAtRefusal: 0,
};

/** What became of asking for requests. */
export interface Grant {
  readonly state: BudgetState;
  /** How many may be sent, 0 to as many as were asked for. */
  readonly count: number;
  /** Milliseconds until it is worth asking again, where none was granted. */
  readonly waitMs: number;
}

/**
 * Grants as many requests as are wanted and left.
 * @param spared how many have to be left over for others
 * @param now milliseconds since the epoch
 */
export function grantRequests(state: BudgetState, wanted: number, spared: number, now: number): Grant {
  const isPaused = state.refusals > 0 && now < state.opensAt;
  if (isPaused) return { state, count: 0, waitMs: state.opensAt - now };
  if (state.left === null)
    return { state: { ...state, granted: state.granted + wanted }, count: wanted, waitMs: 0 };
  if (state.left <= 0) {
    // Nobody knows what has come back meanwhile: one request tells. The next waits for its answer.
    if (now < state.opensAt) return { state, count: 0, waitMs: state.opensAt - now };
    return { state: { ...state, granted: state.granted + 1, opensAt: now + retryMs }, count: 1, waitMs: 0 };
  }
  const count = Math.min(wanted, state.left - spared);
  if (count <= 0) return { state, count: 0, waitMs: retryMs };
  const left = state.left - count;
  const opensAt = left > 0 ? state.opensAt : Math.max(state.opensAt, now + retryMs);
  return { state: { ...state, granted: state.granted + count, left, opensAt }, count, waitMs: 0 };
}

/** The part of an answer that speaks of the rate limit. */
export interface BudgetAnswer {
  /** {@link BudgetState.granted} right after the request was granted. */
  readonly grantedAt: number;
  readonly status: number;
  readonly headers: Headers;
}

/**
 * Takes an answer into account. Answers may come in any order: what was granted after a request was sent is taken off what its
 * answer says is left, since Auth0 may not have seen it yet.
 * @param now milliseconds since the epoch
 */
export function hearAnswer(
  state: BudgetState,
  { grantedAt, status, headers }: BudgetAnswer,
  now: number,
): BudgetState {
  const limit = readCount(headers, 'x-ratelimit-limit') ?? state.limit;
  const wait = retryAfterMs(headers, now);
  if (status === 429) {
    // A wait of nothing (`retry-after: 0`, or a reset that our clock takes for past) would make a loop without a pause.
    const pause = Math.min(shortestPauseMs * 2 ** state.refusals, longestPauseMs);
    return {
      ...state,
      limit,
      left: 0,
      opensAt: Math.max(state.opensAt, now + Math.max(pause, wait ?? 0)),
      refusals: state.refusals + 1,
      grantedAtRefusal: state.granted,
    };
  }
  if (state.refusals > 0 && grantedAt <= state.grantedAtRefusal) return { ...state, limit };
  const heard = { ...state, limit, refusals: 0 };
  const remaining = readCount(headers, 'x-ratelimit-remaining');
  if (remaining === undefined) return { ...heard, left: state.limit === null ? null : state.left };
  const left = Math.max(0, remaining - (state.granted - grantedAt));
  if (left > 0) return { ...heard, left, opensAt: now };
  // Answers that are still to come will tell more; without them it is Auth0's own word that counts.
  return { ...heard, left, opensAt: now + (remaining > 0 ? retryMs : (wait ?? retryMs)) };
}

function readCount(headers: Headers, name: string): number | undefined {
  const value = headers.get(name);
  const count = value === null || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(count) ? count : undefined;
}
