import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import { chooseIdentity, type IdentityChoice } from './choose-identity.ts';
import { IdpTokenUnusableError, UserBlockedError } from './errors.ts';
import { holdTokens, holdVaultToken, type HeldIdentity } from './held-identity.ts';
import type {
  IdentityReport,
  IdpToken,
  IdpTokens,
  IdpTokensOptions,
  TokenRequest,
  UserReport,
} from './idp-tokens.ts';
import { judgeIdentity } from './judge-identity.ts';
import { judgeVaultAnswer } from './judge-vault.ts';
import { Observations, type Observation } from './observations.ts';
import { ReadHorizons } from './read-horizons.ts';
import { isDueForRenewal } from './renewal-due.ts';
import type { TokenVault } from './token-vault.ts';
import type { StoredIdentity, UserProfile } from './user-profile.ts';
import type { ReadProfile } from './user-profiles.ts';
import type { Verdict } from './verdict.ts';

/**
 * A profile younger than this (milliseconds) is new enough to say no with. An older one is read again first,
 * so that a user who just signed in is served at once, and one without a token cannot cause a read per call.
 */
const newEnoughToRefuseMs = 5_000;

/**
 * After this long (milliseconds) a token that its IdP refused is tried once more by a call: IdPs have bad moments too.
 */
const refusalHoldMs = 60_000;

/** So long (milliseconds) a verdict holds for calls while nothing but the time has changed, and the token has not ended. */
const sameVerdictMs = 1_000;

/** Which token will do. */
interface Wanted {
  readonly isGood: (verdict: Verdict) => boolean;
  /** False: it is only to be taken out of use. It is not renewed for that, nor fetched, and its user may be blocked. */
  readonly isForUse: boolean;
}

/** A verdict, with the facts it was made of but for the time. */
interface RecentVerdict {
  readonly read: ReadProfile;
  readonly observation: Observation | undefined;
  /** Milliseconds since the epoch: from its making until then nothing comes of the time. */
  readonly from: number;
  readonly until: number;
  readonly verdict: Verdict;
}

/** Puts profile, choice and verdict together. */
export function createIdpTokens(options: IdpTokensOptions): IdpTokens {
  const { profiles, catalogue, clock, renewals } = options;
  const observations = new Observations({ clock, ...options.observations });
  const horizons = new ReadHorizons(options.observations.maxEntries);

  const changed = (userId: string): void =>
    options.onChange?.({ userId, what: 'verdicts', changedAt: clock.now() });

  const readProfile = (userId: string, deadline: number, notBefore: number): Promise<ReadProfile> =>
    profiles.get(userId, { deadline, notBefore: Math.max(notBefore, horizons.ofProfile(userId)) });

  const entryOf = (identity: StoredIdentity): CatalogueEntry | undefined =>
    catalogue.find({ strategy: identity.provider, connection: identity.connection });

  const canRenew = (identity: StoredIdentity): boolean => {
    const entry = entryOf(identity);
    return entry !== undefined && renewals?.canRenew(identity.connection, entry) === true;
  };

  const judge = (identity: HeldIdentity, profile: UserProfile, mayReadIdpTokens: boolean): Verdict =>
    judgeIdentity({
      identity,
      profile,
      entry: entryOf(identity),
      canRenew: canRenew(identity),
      canUseTokenVault: options.tokenVault !== undefined,
      observation: observations.find(profile.userId, identity),
      mayReadIdpTokens,
      ...options.settings(identity.connection),
      now: clock.now(),
      marginMs: options.marginMs,
    });

  /** As {@link hold}, where all of it is in memory. */
  const recallHeld = (
    { profile: { userId } }: ReadProfile,
    identity: StoredIdentity,
    newEnough: number,
  ): HeldIdentity | undefined => {
    if (!observations.isLoaded(userId, identity, newEnough)) return undefined;
    if (renewals === undefined || identity.accessToken === undefined) return identity;
    const recalled = renewals.recall(userId, identity, newEnough);
    return recalled && holdTokens(identity, recalled.kept);
  };

  /**
   * The tokens that count now: Auth0's copy, what was renewed since, or none where an operator revoked them. What was last
   * seen of them is in memory afterwards.
   */
  const hold = async (
    read: ReadProfile,
    identity: StoredIdentity,
    notBefore: number,
  ): Promise<HeldIdentity> => {
    const { userId } = read.profile;
    const newEnough = Math.max(notBefore, horizons.ofVerdicts(userId));
    const recalled = recallHeld(read, identity, newEnough);
    if (recalled !== undefined) return recalled;
    const observed = observations.load(userId, identity, newEnough);
    const kept =
      identity.accessToken === undefined ? undefined : await renewals?.kept(userId, identity, newEnough);
    await observed;
    return holdTokens(identity, kept);
  };

  const judgeRead = ({ profile, token }: ReadProfile, identity: HeldIdentity): Verdict =>
    judge(identity, profile, grantsIdpTokens(token.scopes));

  /** Calls come again and again, and next to nothing changes between two of them. */
  const recentVerdicts = new WeakMap<HeldIdentity, RecentVerdict>();
  const recentVerdict = (read: ReadProfile, identity: HeldIdentity): Verdict => {
    const observation = observations.find(read.profile.userId, identity);
    const recent = recentVerdicts.get(identity);
    const now = clock.now();
    const isSame =
      recent?.read === read && recent.observation === observation && now >= recent.from && now < recent.until;
    if (isSame) return recent.verdict;
    const verdict = judgeRead(read, identity);
    const { expiresAtLatest } = verdict.evidence;
    const end = expiresAtLatest === undefined ? Number.POSITIVE_INFINITY : Date.parse(expiresAtLatest);
    const until = Math.min(now + sameVerdictMs, ...[end - options.marginMs, end].filter((at) => at > now));
    recentVerdicts.set(identity, { read, observation, from: now, until, verdict });
    return verdict;
  };

  const report = (read: ReadProfile, identity: HeldIdentity): IdentityReport => ({
    connection: identity.connection,
    provider: identity.provider,
    idpUserId: identity.idpUserId,
    isSocial: identity.isSocial,
    primary: identity.primary,
    verdict: judgeRead(read, identity),
  });

  const reportHeld = (read: ReadProfile, held: readonly HeldIdentity[]): UserReport => {
    const { userId, name, email, blocked, lastLogin } = read.profile;
    return {
      userId,
      ...(name !== undefined && { name }),
      ...(email !== undefined && { email }),
      blocked,
      ...(lastLogin !== undefined && { lastLogin }),
      identities: held.map((identity) => report(read, identity)),
    };
  };

  const reportRead = async (read: ReadProfile, notBefore: number): Promise<UserReport> => {
    const { identities } = read.profile;
    return reportHeld(read, await Promise.all(identities.map((identity) => hold(read, identity, notBefore))));
  };

  /** Of each profile, by connection: what a call was given last. */
  const recentTokens = new WeakMap<UserProfile, Map<string, IdpToken>>();

  /** The token of a moment ago, as long as it, its verdict and all that they were made of are the same. */
  const recall = (userId: string, { connection, idpUserId }: IdentityChoice): IdpToken | undefined => {
    const read = idpUserId === undefined ? profiles.recall(userId, horizons.ofProfile(userId)) : undefined;
    const recent = read && recentTokens.get(read.profile)?.get(connection);
    if (read === undefined || recent === undefined) return undefined;
    const held = recallHeld(read, recent.copy, horizons.ofVerdicts(userId));
    const isSame = held === recent.identity && recentVerdict(read, held) === recent.verdict;
    return isSame ? recent : undefined;
  };

  const remember = (token: IdpToken, { connection, idpUserId }: IdentityChoice): void => {
    // Token Vault's are for one call.
    if (idpUserId !== undefined || token.identity.renewed?.by === 'token_vault') return;
    const ofProfile = recentTokens.get(token.profile) ?? new Map<string, IdpToken>();
    recentTokens.set(token.profile, ofProfile.set(connection, token));
  };

  /** Renews what is due, and gives the tokens that count afterwards. */
  const renewIfDue = (
    read: ReadProfile,
    copy: StoredIdentity,
    held: HeldIdentity,
    verdict: Verdict,
    deadline: number,
  ): HeldIdentity | Promise<HeldIdentity> => {
    const entry = entryOf(copy);
    const isDue =
      renewals !== undefined &&
      entry !== undefined &&
      isDueForRenewal(held, verdict, entry, clock.now()) &&
      canRenew(copy);
    if (!isDue) return held;
    const renewal = renewals.renew({
      userId: read.profile.userId,
      identity: copy,
      entry,
      deadline,
      isCopyNew: clock.now() - read.profile.readAt < newEnoughToRefuseMs,
      obtainedAfter: (held.renewed?.obtainedAt ?? Number.NEGATIVE_INFINITY) + 1,
    });
    return renewal.then(
      (renewed) => holdTokens(copy, renewed ?? renewals.peek(read.profile.userId, copy)),
      (error: unknown) => {
        // The store is in trouble; a token that has not ended yet is good all the same.
        if (hasEnded(verdict, clock.now()) || verdict.state === 'revoked') throw error;
        return held;
      },
    );
  };

  const find = async (
    userId: string,
    choice: IdentityChoice,
    request: TokenRequest,
    { isGood, isForUse }: Wanted,
  ): Promise<IdpToken> => {
    const newEnough = clock.now() - newEnoughToRefuseMs;
    for (let notBefore = request.notBefore ?? 0; ; notBefore = Math.max(notBefore, newEnough)) {
      const read = await readProfile(userId, request.deadline, notBefore);
      const { profile } = read;
      const mayRefuse = profile.readAt >= newEnough;
      if (profile.blocked && isForUse) {
        if (mayRefuse) throw new UserBlockedError();
        continue;
      }
      const identity = findIdentity(profile, choice, mayRefuse);
      if (identity === undefined) continue;
      const kept = await hold(read, identity, notBefore);
      const before = recentVerdict(read, kept);
      const held = isForUse ? await renewIfDue(read, identity, kept, before, request.deadline) : kept;
      const verdict = held === kept ? before : recentVerdict(read, held);
      const entry = entryOf(identity);
      if (
        isForUse &&
        verdict.state === 'in_token_vault' &&
        entry !== undefined &&
        options.tokenVault?.serves(request.subject)
      ) {
        const token = await fromVault(read, identity, entry, verdict, request, options.tokenVault);
        if (isGood(token.verdict)) return token;
        throw new IdpTokenUnusableError(token.verdict, identity);
      }
      if (held.accessToken !== undefined && entry !== undefined && isGood(verdict)) {
        return { profile, identity: held, copy: identity, accessToken: held.accessToken, entry, verdict };
      }
      if (mayRefuse) throw new IdpTokenUnusableError(verdict, identity);
    }
  };

  /** Token Vault renews by itself and is asked for each user anew: there is nothing to keep here. */
  const fromVault = async (
    read: ReadProfile,
    copy: StoredIdentity,
    entry: CatalogueEntry,
    verdict: Verdict,
    request: TokenRequest,
    tokenVault: TokenVault,
  ): Promise<IdpToken> => {
    const { profile } = read;
    const accounts = profile.identities.filter(({ connection }) => connection === copy.connection);
    const answer = await tokenVault.token({
      userId: profile.userId,
      connection: copy.connection,
      ...(accounts.length > 1 && { loginHint: copy.idpUserId }),
      ...(request.subject !== undefined && { subject: request.subject }),
      notBefore: Math.max(request.notBefore ?? 0, horizons.ofProfile(profile.userId)),
    });
    if (!answer.found)
      throw new IdpTokenUnusableError(judgeVaultAnswer(answer.reason, verdict, clock.now()), copy);
    const identity = holdVaultToken(copy, answer.tokenSet);
    return {
      profile,
      identity,
      copy,
      accessToken: identity.accessToken,
      entry,
      verdict: judge(identity, profile, true),
    };
  };

  const mayCall = (verdict: Verdict): boolean =>
    // "Renewed with the next call" is not good enough for this one: its renewal did not come in time.
    (verdict.callable && !(verdict.state === 'renewable' && hasEnded(verdict, clock.now()))) ||
    (verdict.state === 'revoked' && clock.now() - Date.parse(verdict.observedAt) >= refusalHoldMs);

  return {
    user: async (userId, { deadline, notBefore = 0 }) =>
      reportRead(await readProfile(userId, deadline, notBefore), notBefore),
    reportUser: (read) => reportRead(read, 0),
    peekUser: (read) =>
      reportHeld(
        read,
        read.profile.identities.map((identity) =>
          holdTokens(identity, renewals?.peek(read.profile.userId, identity)),
        ),
      ),
    identity: async (userId, choice, { deadline, notBefore = 0 }) => {
      const read = await readProfile(userId, deadline, notBefore);
      const identity = chooseIdentity(read.profile, choice);
      return report(read, await hold(read, identity, notBefore));
    },
    recall,
    token: async (userId, choice, request) => {
      const token = await find(userId, choice, request, { isGood: mayCall, isForUse: true });
      remember(token, choice);
      return token;
    },
    tokenForProbe: (userId, choice, request) =>
      find(userId, choice, request, {
        isGood: (verdict) => verdict.state !== 'not_applicable',
        isForUse: true,
      }),
    tokenToRevoke: (userId, choice, request) =>
      find(userId, choice, request, { isGood: () => true, isForUse: false }),
    observe: async ({ profile: { userId }, identity }, observation) => {
      try {
        if (await observations.record(userId, identity, observation)) changed(userId);
      } catch (error) {
        options.onNotKept?.(error);
      }
    },
    outdate: (change) => {
      if (change === undefined) {
        horizons.moveAll(clock.now());
        return;
      }
      horizons.move(change, clock.now());
      // A horizon can be forgotten for those of other users; a profile that is gone cannot come back.
      profiles.drop(change.userId, horizons.ofProfile(change.userId));
    },
    revoke: async ({ profile, copy }) => {
      await renewals?.revoke(profile.userId, copy);
      changed(profile.userId);
      return judge(holdTokens(copy, renewals?.peek(profile.userId, copy)), profile, true);
    },
    observationCount: () => observations.size,
    judge: (token) => judge(token.identity, token.profile, true),
  };
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

/** Auth0 names the granted scopes in the token answer; where it does not, nothing is held against the grant. */
function grantsIdpTokens(scopes: ReadonlySet<string> | undefined): boolean {
  return scopes === undefined || scopes.has('read:user_idp_tokens');
}

/** True where the token's end is known and over. */
function hasEnded({ evidence }: Verdict, now: number): boolean {
  return evidence.expiresAtLatest !== undefined && Date.parse(evidence.expiresAtLatest) <= now;
}
