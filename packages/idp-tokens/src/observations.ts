import { LRUCache } from 'lru-cache';
import type { StoredIdentity } from './user-profile.ts';

/** What an IdP itself showed of a token, when it was last used or probed. */
export interface Observation {
  /**
   * - `refused`: the IdP says that the token is dead.
   * - `accepted`: the IdP took it.
   * - `missing_scope`: the IdP knows the token, and one call needed a scope that it lacks.
   */
  readonly outcome: 'accepted' | 'refused' | 'missing_scope';
  /** HTTP status of the IdP's answer. */
  readonly idpStatus: number;
  readonly grantedScopes?: readonly string[];
  /** Milliseconds since the epoch, where the IdP named the token's end. */
  readonly expiresAt?: number;
  /** Milliseconds since the epoch. */
  readonly observedAt: number;
  readonly source: 'idp_answer' | 'probe';
}

/**
 * The last observation of each identity, bound to the very token it was made with:
 * once the user has signed in again, what was seen of the old token says nothing of the new one.
 */
export class Observations {
  readonly #kept: LRUCache<string, { readonly token: string; readonly observation: Observation }>;

  /** @param maxEntries how many identities are remembered; the least recently used one goes first */
  constructor(maxEntries: number) {
    this.#kept = new LRUCache({ max: maxEntries });
  }

  /** Keeps an observation in place of the last one. A use that succeeds does not erase what a probe learnt. */
  record(userId: string, identity: StoredIdentity, observation: Observation): void {
    if (identity.accessToken === undefined) return;
    const earlier = this.find(userId, identity);
    this.#kept.set(key(userId, identity), {
      token: identity.accessToken.fingerprint(),
      observation: {
        ...(earlier?.grantedScopes && { grantedScopes: earlier.grantedScopes }),
        ...(earlier?.expiresAt !== undefined && { expiresAt: earlier.expiresAt }),
        ...observation,
      },
    });
  }

  /** What was last seen of the token that this identity holds now. */
  find(userId: string, identity: StoredIdentity): Observation | undefined {
    const kept = this.#kept.get(key(userId, identity));
    return kept !== undefined && kept.token === identity.accessToken?.fingerprint()
      ? kept.observation
      : undefined;
  }
}

function key(userId: string, identity: StoredIdentity): string {
  return JSON.stringify([userId, identity.connection, identity.idpUserId]);
}
