import type { IdentityChoice } from './choose-identity.ts';
import type { HeldIdentities } from './held-identities.ts';
import type { IdpToken } from './idp-tokens.ts';
import type { ReadHorizons } from './read-horizons.ts';
import type { UserProfile } from './user-profile.ts';
import type { UserProfiles } from './user-profiles.ts';
import type { Verdicts } from './verdicts.ts';

/** What {@link RecentTokens} works with. */
export interface RecentTokensOptions {
  readonly profiles: UserProfiles;
  readonly horizons: ReadHorizons;
  readonly identities: HeldIdentities;
  readonly verdicts: Verdicts;
}

/** The token that a call was given last, for the next one that wants the same. A token goes when its profile goes. */
export class RecentTokens {
  readonly #options: RecentTokensOptions;
  /** Of each profile, by connection. */
  readonly #tokens = new WeakMap<UserProfile, Map<string, IdpToken>>();

  constructor(options: RecentTokensOptions) {
    this.#options = options;
  }

  /** The token, as long as it, its verdict and all that they were made of are the same. */
  recall(userId: string, { connection, idpUserId }: IdentityChoice): IdpToken | undefined {
    const { profiles, horizons, identities, verdicts } = this.#options;
    const read = idpUserId === undefined ? profiles.recall(userId, horizons.ofProfile(userId)) : undefined;
    const recent = read && this.#tokens.get(read.profile)?.get(connection);
    if (read === undefined || recent === undefined) return undefined;
    const identity = identities.recall(userId, recent.copy);
    const isSame = identity === recent.identity && verdicts.recent(read, identity) === recent.verdict;
    return isSame ? recent : undefined;
  }

  /** Takes note of a token that a call was given. Token Vault's are for one call, and not remembered. */
  remember(token: IdpToken, { connection, idpUserId }: IdentityChoice): void {
    if (idpUserId !== undefined || token.identity.renewed?.by === 'token_vault') return;
    const ofProfile = this.#tokens.get(token.profile) ?? new Map<string, IdpToken>();
    this.#tokens.set(token.profile, ofProfile.set(connection, token));
  }
}
