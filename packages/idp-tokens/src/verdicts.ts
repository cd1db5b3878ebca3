import { catalogueEntryOf } from './catalogue-entry.ts';
import type { HeldIdentity } from './held-identity.ts';
import type { IdpTokensOptions } from './idp-tokens.ts';
import { judgeIdentity } from './judge-identity.ts';
import type { Observation, Observations } from './observations.ts';
import type { UserProfile } from './user-profile.ts';
import type { ReadProfile } from './user-profiles.ts';
import type { Verdict } from './verdict.ts';

/** So long (milliseconds) a verdict holds for calls while nothing but the time has changed, and the token has not ended. */
const sameVerdictMs = 1_000;

/** A verdict, with the facts it was made of but for the time. */
interface RecentVerdict {
  readonly read: ReadProfile;
  readonly observation: Observation | undefined;
  /** Milliseconds since the epoch: from its making until then nothing comes of the time. */
  readonly from: number;
  readonly until: number;
  readonly verdict: Verdict;
}

/** Judges identities by everything that is in memory of them. */
export class Verdicts {
  readonly #options: IdpTokensOptions;
  readonly #observations: Observations;
  readonly #recent = new WeakMap<HeldIdentity, RecentVerdict>();

  constructor(options: IdpTokensOptions, observations: Observations) {
    this.#options = options;
    this.#observations = observations;
  }

  /**
   * The verdict as of now.
   * @param mayReadIdpTokens false: the profile was read by a grant without `read:user_idp_tokens`, and has no tokens for that
   */
  judge(identity: HeldIdentity, profile: UserProfile, mayReadIdpTokens: boolean): Verdict {
    const { catalogue, renewals, tokenVault, settings, clock, marginMs } = this.#options;
    const entry = catalogueEntryOf(catalogue, identity);
    return judgeIdentity({
      identity,
      profile,
      entry,
      canRenew: entry !== undefined && renewals?.canRenew(identity.connection, entry) === true,
      canUseTokenVault: tokenVault !== undefined,
      observation: this.#observations.find(profile.userId, identity),
      mayReadIdpTokens,
      ...settings(identity.connection),
      now: clock.now(),
      marginMs,
    });
  }

  /** As {@link Verdicts.judge}, of a profile with what is known of the read itself. */
  judgeRead({ profile, token }: ReadProfile, identity: HeldIdentity): Verdict {
    return this.judge(identity, profile, grantsIdpTokens(token.scopes));
  }

  /**
   * As {@link Verdicts.judgeRead}, up to a second old where nothing but the time has changed: calls come again and again, and
   * next to nothing changes between two of them.
   */
  recent(read: ReadProfile, identity: HeldIdentity): Verdict {
    const { clock, marginMs } = this.#options;
    const observation = this.#observations.find(read.profile.userId, identity);
    const recent = this.#recent.get(identity);
    const now = clock.now();
    const isSame =
      recent?.read === read && recent.observation === observation && now >= recent.from && now < recent.until;
    if (isSame) return recent.verdict;
    const verdict = this.judgeRead(read, identity);
    const { expiresAtLatest } = verdict.evidence;
    const end = expiresAtLatest === undefined ? Number.POSITIVE_INFINITY : Date.parse(expiresAtLatest);
    const until = Math.min(now + sameVerdictMs, ...[end - marginMs, end].filter((at) => at > now));
    this.#recent.set(identity, { read, observation, from: now, until, verdict });
    return verdict;
  }
}

/** Auth0 names the granted scopes in the token answer; where it does not, nothing is held against the grant. */
function grantsIdpTokens(scopes: ReadonlySet<string> | undefined): boolean {
  return scopes === undefined || scopes.has('read:user_idp_tokens');
}
