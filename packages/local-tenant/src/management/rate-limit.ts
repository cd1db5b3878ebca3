import type { Clock } from '../clock.ts';

/** Plans whose limits the local tenant can have. */
export const rateLimitPlans = [
  'free',
  'enterprise-production',
  'enterprise-development',
  'unlimited',
] as const;
export type RateLimitPlan = (typeof rateLimitPlans)[number];

/** Requests per second, and how many can be saved up. */
const limits: Readonly<Record<RateLimitPlan, { readonly perSecond: number; readonly burst: number }>> = {
  free: { perSecond: 2, burst: 2 },
  'enterprise-production': { perSecond: 16, burst: 50 },
  'enterprise-development': { perSecond: 2, burst: 10 },
  unlimited: { perSecond: 1_000_000, burst: 1_000_000 },
};

/** What one request comes to. */
export interface RateLimitDecision {
  readonly allowed: boolean;
  /** Auth0's rate-limit headers. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The Management API's rate limit: a token bucket for the whole tenant.
 * @see https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
 */
export class RateLimit {
  readonly #clock: Clock;
  #plan: RateLimitPlan;
  #left: number;
  #filledAt: number;

  constructor(clock: Clock, plan: RateLimitPlan) {
    this.#clock = clock;
    this.#plan = plan;
    this.#left = limits[plan].burst;
    this.#filledAt = clock.now();
  }

  /** Changing it fills the bucket. */
  set plan(plan: RateLimitPlan) {
    this.#plan = plan;
    this.#left = limits[plan].burst;
    this.#filledAt = this.#clock.now();
  }

  get plan(): RateLimitPlan {
    return this.#plan;
  }

  /** Takes one request from the bucket. */
  take(): RateLimitDecision {
    const { perSecond, burst } = limits[this.#plan];
    const now = this.#clock.now();
    this.#left = Math.min(burst, this.#left + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
    const allowed = this.#left >= 1;
    if (allowed) this.#left -= 1;
    const secondsToNext = this.#left >= 1 ? 0 : (1 - this.#left) / perSecond;
    const headers = {
      'x-ratelimit-limit': String(burst),
      'x-ratelimit-remaining': String(Math.floor(this.#left)),
      'x-ratelimit-reset': String(Math.ceil(now / 1000 + secondsToNext)),
      ...(!allowed && { 'retry-after': String(Math.max(1, Math.ceil(secondsToNext))) }),
    };
    return { allowed, headers };
  }
}
