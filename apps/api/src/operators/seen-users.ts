import type { IdpTokens, UserProfiles, UserReport } from '@idp-relay/idp-tokens';
import { LRUCache } from 'lru-cache';

/** How many users of a connection were seen, and how many of them have a token that can be used. */
export interface ConnectionCount {
  readonly users: number;
  readonly callable: number;
}

/**
 * The users whom this process has met: by relayed calls, which leave their profile in memory, and by what operators
 * looked at. Nothing is asked of Auth0 to count them, so the numbers are of this process, not of the tenant.
 */
export class SeenUsers {
  readonly #inspected: LRUCache<string, UserReport>;
  readonly #profiles: UserProfiles;
  readonly #idpTokens: IdpTokens;

  /** @param maxEntries how many inspected users are remembered; the least recently seen goes first */
  constructor(profiles: UserProfiles, idpTokens: IdpTokens, maxEntries: number) {
    this.#profiles = profiles;
    this.#idpTokens = idpTokens;
    this.#inspected = new LRUCache({ max: maxEntries });
  }

  /** Remembers what an operator was shown. */
  record(user: UserReport): void {
    this.#inspected.set(user.userId, user);
  }

  /** Counts by connection name. A profile in memory counts for more than what was shown before. */
  countByConnection(): ReadonlyMap<string, ConnectionCount> {
    const users = new Map(this.#inspected.entries());
    for (const read of this.#profiles.kept()) users.set(read.profile.userId, this.#idpTokens.peekUser(read));
    const counts = new Map<string, ConnectionCount>();
    for (const { blocked, identities } of users.values()) {
      for (const [connection, ofConnection] of Map.groupBy(identities, (identity) => identity.connection)) {
        const { users: before, callable } = counts.get(connection) ?? { users: 0, callable: 0 };
        const isCallable = !blocked && ofConnection.some(({ verdict }) => verdict.callable);
        counts.set(connection, { users: before + 1, callable: callable + (isCallable ? 1 : 0) });
      }
    }
    return counts;
  }
}
