import { retryAfterMs } from './retry-after.ts';

/** After a first 429 nothing is sent for at least so long, doubled with every further one. Milliseconds. */
const shortestPauseMs = 1_000;
/** Where the doubling ends. A longer wait that Auth0 asks for is kept to. Milliseconds. */
const longestPauseMs = 30_000;
/** With nothing left and no word of when there will be, one request is tried after so long. Milliseconds. */
const retryMs = 1_000;

/** A request without an answer is taken for lost, with whoever sent it, after so long. Milliseconds. */
const longestWayMs = 15_000;

/** A request that was granted, and whose answer was not heard yet. */
export interface RequestUnderWay {
  /** Its number among all that were granted. */
  readonly grant: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** How many were under way when it was granted: its answer may be from before they arrived. */
  readonly ahead: number;
}

/**
 * What is known of the Management API's rate limit, by all who use it for one tenant.
 * @see https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
 */
export interface BudgetState {
  /** Requests that were granted so far. */
  readonly granted: number;
  /** Requests that overtake each other are the reason to know each one: an answer's count may not have them in it yet. */
  readonly underWay: readonly RequestUnderWay[];
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
  underWay: [],
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
  const none = (waitMs: number): Grant => ({ state, count: 0, waitMs });
  const some = (count: number, left: number | null, opensAt: number): Grant => ({
    state: { ...state, ...sent(state, count, now), left, opensAt },
    count,
    waitMs: 0,
  });
  const isPaused = state.refusals > 0 && now < state.opensAt;
  if (isPaused) return none(state.opensAt - now);
  if (state.left === null) return some(wanted, null, state.opensAt);
  // Nobody knows what has come back meanwhile: one request tells. The next waits for its answer.
  if (state.left <= 0) return now < state.opensAt ? none(state.opensAt - now) : some(1, 0, now + retryMs);
  // The same goes for what was heard a while ago.
  const isOld = state.limit === null || now >= state.opensAt + retryMs;
  const count = Math.min(wanted, Math.max(state.left - spared, isOld ? 1 : 0));
  if (count <= 0) return none(state.opensAt + retryMs - now);
  const left = state.left - count;
  return some(count, left, left > 0 ? state.opensAt : Math.max(state.opensAt, now + retryMs));
}

function sent(
  { granted, underWay }: BudgetState,
  count: number,
  now: number,
): Pick<BudgetState, 'granted' | 'underWay'> {
  const before = underWay.filter(({ at }) => now - at < longestWayMs);
  const added = Array.from({ length: count }, (_, index) => ({
    grant: granted + index + 1,
    at: now,
    ahead: before.length + index,
  }));
  return { granted: granted + count, underWay: [...before, ...added] };
}

/** The part of an answer that speaks of the rate limit. */
export interface BudgetAnswer {
  /** The request's number among all that were granted. */
  readonly grantedAt: number;
  readonly status: number;
  readonly headers: Headers;
}

/** Takes a request off that came to nothing. */
export function dropRequest(state: BudgetState, grantedAt: number): BudgetState {
  return { ...state, underWay: state.underWay.filter(({ grant }) => grant !== grantedAt) };
}

/**
 * Takes an answer into account. Requests and answers overtake each other, so that Auth0 may have seen none of those that were under way
 * when this one was granted, nor of those granted since: all of these are taken off what it says is left.
 * @param now milliseconds since the epoch
 */
export function hearAnswer(
  before: BudgetState,
  { grantedAt, status, headers }: BudgetAnswer,
  now: number,
): BudgetState {
  const state = dropRequest(before, grantedAt);
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
  const ahead = before.underWay.find(({ grant }) => grant === grantedAt)?.ahead ?? remaining;
  const left = Math.max(0, remaining - ahead - Math.max(0, state.granted - grantedAt));
  if (left > 0) return { ...heard, left, opensAt: now };
  // Answers that are still to come will tell more; without them it is Auth0's own word that counts.
  return { ...heard, left, opensAt: now + (remaining > 0 ? retryMs : (wait ?? retryMs)) };
}

function readCount(headers: Headers, name: string): number | undefined {
  const value = headers.get(name);
  const count = value === null || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(count) ? count : undefined;
}
