import { holdTokens, type HeldIdentity } from './held-identity.ts';
import type { Observations } from './observations.ts';
import type { ReadHorizons } from './read-horizons.ts';
import type { TokenRenewals } from './token-renewals.ts';
import type { StoredIdentity } from './user-profile.ts';

/** What {@link HeldIdentities} works with. */
export interface HeldIdentitiesOptions {
  readonly observations: Observations;
  readonly horizons: ReadHorizons;
  /** Left out: Auth0's copy is all there is. */
  readonly renewals: TokenRenewals | undefined;
}

/** Identities with the tokens that count now: Auth0’s copy, what was renewed since, or none where an operator revoked them. */
export class HeldIdentities {
  readonly #observations: Observations;
  readonly #horizons: ReadHorizons;
  readonly #renewals: TokenRenewals | undefined;

  constructor({ observations, horizons, renewals }: HeldIdentitiesOptions) {
    this.#observations = observations;
    this.#horizons = horizons;
    this.#renewals = renewals;
  }

  /**
   * An identity with them. What was last seen of them is in memory afterwards, for {@link Verdicts}.
   * @param notBefore what the store said before (milliseconds since the epoch) is not good enough
   * @throws the store's own errors
   */
  async find(userId: string, identity: StoredIdentity, notBefore: number): Promise<HeldIdentity> {
    const newEnough = this.#newEnough(userId, notBefore);
    const recalled = this.#recall(userId, identity, newEnough);
    if (recalled !== undefined) return recalled;
    const observed = this.#observations.load(userId, identity, newEnough);
    const kept =
      identity.accessToken === undefined
        ? undefined
        : await this.#renewals?.kept(userId, identity, newEnough);
    await observed;
    return holdTokens(identity, kept);
  }

  /** As {@link HeldIdentities.find}, where all of it is in memory. Undefined: the store has to be asked. */
  recall(userId: string, identity: StoredIdentity): HeldIdentity | undefined {
    return this.#recall(userId, identity, this.#newEnough(userId, 0));
  }

  /** What is in memory, good enough or not, for those who only look. */
  peek(userId: string, identity: StoredIdentity): HeldIdentity {
    return holdTokens(identity, this.#renewals?.peek(userId, identity));
  }

  #newEnough(userId: string, notBefore: number): number {
    return Math.max(notBefore, this.#horizons.ofVerdicts(userId));
  }

  #recall(userId: string, identity: StoredIdentity, newEnough: number): HeldIdentity | undefined {
    if (!this.#observations.isLoaded(userId, identity, newEnough)) return undefined;
    if (this.#renewals === undefined || identity.accessToken === undefined) return identity;
    const recalled = this.#renewals.recall(userId, identity, newEnough);
    return recalled && holdTokens(identity, recalled.kept);
  }
}
