import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import { catalogueEntryOf } from './catalogue-entry.ts';
import { chooseIdentity, type IdentityChoice } from './choose-identity.ts';
import type { Clock } from './clock.ts';
import { renewIfDue } from './renew-if-due.ts';
import { IdpTokenUnusableError, UserBlockedError } from './errors.ts';
import type { HeldIdentities } from './held-identities.ts';
import { holdVaultToken } from './held-identity.ts';
import type { IdpToken, IdpTokensOptions, TokenRequest } from './idp-tokens.ts';
import { judgeVaultAnswer } from './judge-vault.ts';
import type { ReadHorizons } from './read-horizons.ts';
import type { TokenVault } from './token-vault.ts';
import type { StoredIdentity, UserProfile } from './user-profile.ts';
import type { ReadProfile } from './user-profiles.ts';
import { hasEnded, type Verdict } from './verdict.ts';
import type { Verdicts } from './verdicts.ts';

/**
 * A profile younger than this (milliseconds) is new enough to say no with. An older one is read again first,
 * so that a user who just signed in is served at once, and one without a token cannot cause a read per call.
 */
const newEnoughToRefuseMs = 5_000;

/**
 * After this long (milliseconds) a token that its IdP refused is tried once more by a call: IdPs have bad moments too.
 */
const refusalHoldMs = 60_000;

/** What {@link TokenFinder} works with. */
export interface TokenFinderOptions extends Pick<
  IdpTokensOptions,
  'catalogue' | 'clock' | 'renewals' | 'tokenVault'
> {
  /** Reads a profile, waiting until `deadline`; one from before `notBefore` is not good enough. Milliseconds since the epoch. */
  readonly readProfile: (userId: string, deadline: number, notBefore: number) => Promise<ReadProfile>;
  readonly horizons: ReadHorizons;
  readonly identities: HeldIdentities;
  readonly verdicts: Verdicts;
}

/** Which token will do. */
export interface WantedToken {
  readonly isGood: (verdict: Verdict, now: number) => boolean;
  /** False: it is only to be taken out of use. It is not renewed for that, nor fetched, and its user may be blocked. */
  readonly isForUse: boolean;
}

/** Where Token Vault keeps the token: the identity, what is known of its IdP, and why it is asked. */
interface InVault {
  readonly read: ReadProfile;
  readonly copy: StoredIdentity;
  readonly entry: CatalogueEntry;
  readonly verdict: Verdict;
}

/** Finds the token of a user's identity, wherever it is: in memory, in the store, at Auth0, in Token Vault, or by renewal. */
export class TokenFinder {
  readonly #options: TokenFinderOptions;
  readonly #clock: Clock;

  constructor(options: TokenFinderOptions) {
    this.#options = options;
    this.#clock = options.clock;
  }

  /**
   * Finds it. When what is in memory says no, the tenant is asked once more before the answer is no.
   * @throws IdpTokenUnusableError, UserBlockedError, ConnectionNotLinkedError, IdentityAmbiguousError, UserNotFoundError, and the
   * errors of the Management API and the store
   */
  async find(
    userId: string,
    choice: IdentityChoice,
    request: TokenRequest,
    { isGood, isForUse }: WantedToken,
  ): Promise<IdpToken> {
    const { identities, verdicts, catalogue, renewals, tokenVault } = this.#options;
    const newEnough = this.#clock.now() - newEnoughToRefuseMs;
    for (let notBefore = request.notBefore ?? 0; ; notBefore = Math.max(notBefore, newEnough)) {
      const read = await this.#options.readProfile(userId, request.deadline, notBefore);
      const { profile } = read;
      const mayRefuse = profile.readAt >= newEnough;
      if (profile.blocked && isForUse) {
        if (mayRefuse) throw new UserBlockedError();
        continue;
      }
      const copy = findIdentity(profile, choice, mayRefuse);
      if (copy === undefined) continue;
      const entry = catalogueEntryOf(catalogue, copy);
      const kept = await identities.find(userId, copy, notBefore);
      const before = verdicts.recent(read, kept);
      const candidate = {
        userId,
        copy,
        held: kept,
        verdict: before,
        entry,
        isCopyNew: this.#clock.now() - profile.readAt < newEnoughToRefuseMs,
        deadline: request.deadline,
      };
      const held = isForUse ? await renewIfDue(candidate, renewals, this.#clock) : kept;
      const verdict = held === kept ? before : verdicts.recent(read, held);
      if (
        isForUse &&
        verdict.state === 'in_token_vault' &&
        entry !== undefined &&
        tokenVault?.serves(request.subject)
      ) {
        const token = await this.#findInVault({ read, copy, entry, verdict }, request, tokenVault);
        if (isGood(token.verdict, this.#clock.now())) return token;
        throw new IdpTokenUnusableError(token.verdict, copy);
      }
      if (held.accessToken !== undefined && entry !== undefined && isGood(verdict, this.#clock.now())) {
        return { profile, identity: held, copy, accessToken: held.accessToken, entry, verdict };
      }
      if (mayRefuse) throw new IdpTokenUnusableError(verdict, copy);
    }
  }

  /** Token Vault renews by itself and is asked for each user anew: there is nothing to keep here. */
  async #findInVault(
    { read: { profile }, copy, entry, verdict }: InVault,
    request: TokenRequest,
    tokenVault: TokenVault,
  ): Promise<IdpToken> {
    const accounts = profile.identities.filter(({ connection }) => connection === copy.connection);
    const answer = await tokenVault.token({
      userId: profile.userId,
      connection: copy.connection,
      ...(accounts.length > 1 && { loginHint: copy.idpUserId }),
      ...(request.subject !== undefined && { subject: request.subject }),
      notBefore: Math.max(request.notBefore ?? 0, this.#options.horizons.ofProfile(profile.userId)),
    });
    if (!answer.found)
      throw new IdpTokenUnusableError(judgeVaultAnswer(answer.reason, verdict, this.#clock.now()), copy);
    const identity = holdVaultToken(copy, answer.tokenSet);
    return {
      profile,
      identity,
      copy,
      accessToken: identity.accessToken,
      entry,
      verdict: this.#options.verdicts.judge(identity, profile, true),
    };
  }
}

/** A token that a call may be made with. @param now milliseconds since the epoch */
export function isGoodForCalls(verdict: Verdict, now: number): boolean {
  return (
    // "Renewed with the next call" is not good enough for this one: its renewal did not come in time.
    (verdict.callable && !(verdict.state === 'renewable' && hasEnded(verdict, now))) ||
    (verdict.state === 'revoked' && now - Date.parse(verdict.observedAt) >= refusalHoldMs)
  );
}

/** An old profile that lacks the identity proves nothing; a new one settles it, by error where need be. */
function findIdentity(
  profile: UserProfile,
  choice: IdentityChoice,
  mayRefuse: boolean,
): StoredIdentity | undefined {
  try {
    return chooseIdentity(profile, choice);
  } catch (error) {
    if (mayRefuse) throw error;
    return undefined;
  }
}
