import { hash } from 'node:crypto';
import type { Clock } from '@idp-relay/idp-tokens';
import { LRUCache } from 'lru-cache';
import type { VerifiedCaller } from './verified-caller.ts';

/**
 * A verification counts for this long, and never longer than the token: by then a key that the tenant revoked is out of use
 * here too. Milliseconds.
 */
const longestMs = 300_000;

/** Tokens that were verified a while ago, so that the next call with one costs no signature. They are known by their hash alone. */
export class VerifiedTokens {
  readonly #clock: Clock;
  readonly #kept: LRUCache<string, { readonly caller: VerifiedCaller; readonly until: number }>;

  /** @param maxEntries how many tokens are remembered, some 400 bytes each; the least recently used one goes first */
  constructor(clock: Clock, maxEntries: number) {
    this.#clock = clock;
    this.#kept = new LRUCache({ max: maxEntries });
  }

  /** Who calls with this token, if it was verified and has not ended. */
  find(token: string): VerifiedCaller | undefined {
    const kept = this.#kept.get(markOf(token));
    return kept !== undefined && this.#clock.now() < kept.until ? kept.caller : undefined;
  }

  /** Remembers a token that has just been verified. */
  keep(token: string, caller: VerifiedCaller): void {
    const until = Math.min(caller.expiresAt, this.#clock.now() + longestMs);
    this.#kept.set(markOf(token), { caller, until });
  }

  /** How many are remembered now. */
  get size(): number {
    return this.#kept.size;
  }
}

function markOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
