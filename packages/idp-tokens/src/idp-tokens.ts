import type { Catalogue, CatalogueEntry } from '@idp-relay/idp-catalogue';
import { chooseIdentity, type IdentityChoice } from './choose-identity.ts';
import type { Clock } from './clock.ts';
import { IdpTokenUnusableError, UserBlockedError } from './errors.ts';
import { holdTokens, type HeldIdentity } from './held-identity.ts';
import { judgeIdentity } from './judge-identity.ts';
import { Observations, type Observation } from './observations.ts';
import type { Secret } from './secret.ts';
import { isDueForRenewal } from './renewal-due.ts';
import type { TokenRenewals } from './token-renewals.ts';
import type { StoredIdentity, UserProfile } from './user-profile.ts';
import type { ReadProfile, UserProfiles } from './user-profiles.ts';
import type { Verdict } from './verdict.ts';

/** What the operators say of one connection, beyond the catalogue. */
export interface ConnectionSettings {
  /** Scopes that a token of this connection must have for the policy's calls. */
  readonly requiredScopes: readonly string[];
  /** The connection keeps its tokens in Token Vault. */
  readonly keptInTokenVault: boolean;
}

/** What {@link createIdpTokens} works with. */
export interface IdpTokensOptions {
  readonly profiles: UserProfiles;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  /** Settings of a connection by its name. */
  readonly settings: (connection: string) => ConnectionSettings;
  /** A token that ends sooner than this (milliseconds) counts as about to end. */
  readonly marginMs: number;
  /** Renews what has ended. Left out: nothing is renewed, and nothing kept. */
  readonly renewals?: TokenRenewals;
  /** How many identities' last observations are remembered. */
  readonly maxObservations: number;
}

/**
 * A profile younger than this (milliseconds) is new enough to say no with. An older one is read again first,
 * so that a user who just signed in is served at once, and one without a token cannot cause a read per call.
 */
const newEnoughToRefuseMs = 5_000;

/**
 * After this long (milliseconds) a token that its IdP refused is tried once more by a call: IdPs have bad moments too.
 */
const refusalHoldMs = 60_000;

/** An identity and what is known of its token. Holds no token. */
export interface IdentityReport {
  readonly connection: string;
  readonly provider: string;
  readonly idpUserId: string;
  readonly isSocial: boolean;
  readonly primary: boolean;
  readonly verdict: Verdict;
}

/** A user and what is known of the tokens of their identities. Holds no token. */
export interface UserReport {
  readonly userId: string;
  /** Untrusted text. */
  readonly name?: string;
  /** Untrusted text. */
  readonly email?: string;
  readonly blocked: boolean;
  /** Milliseconds since the epoch: the last login through any of the identities. */
  readonly lastLogin?: number;
  /** In the tenant's order: the primary one first. */
  readonly identities: readonly IdentityReport[];
}

/** A token that may be sent to its IdP. Made for one call; keep it nowhere. */
export interface IdpToken {
  /** The profile that the token was found in. */
  readonly profile: UserProfile;
  readonly identity: HeldIdentity;
  /** The identity as Auth0 has it. */
  readonly copy: StoredIdentity;
  readonly accessToken: Secret;
  /** What is known of the IdP: where the token may go, and how it is sent. */
  readonly entry: CatalogueEntry;
  readonly verdict: Verdict;
}

/** How long a caller waits, and how old an answer may be. */
export interface TokenRequest {
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** A profile read before this moment (milliseconds since the epoch) is not good enough. */
  readonly notBefore?: number;
}

/** From a user and a connection to a token, or to the reason why there is none. */
export interface IdpTokens {
  /**
   * A user, and every identity with its verdict.
   * @throws UserNotFoundError and the errors of the Management API
   */
  user(userId: string, request: TokenRequest): Promise<UserReport>;
  /** As {@link IdpTokens.user}, of a profile that was read otherwise, such as by a search. */
  reportUser(read: ReadProfile): UserReport;
  /**
   * One identity of a user with its verdict, callable or not.
   * @throws ConnectionNotLinkedError, IdentityAmbiguousError, UserNotFoundError and the errors of the Management API
   */
  identity(userId: string, choice: IdentityChoice, request: TokenRequest): Promise<IdentityReport>;
  /**
   * The token for one call, renewed where that is due. When what is kept in memory says no, the tenant is asked once more
   * before the answer is no.
   * @throws IdpTokenUnusableError with the verdict, UserBlockedError, and everything that `identity` throws
   */
  token(userId: string, choice: IdentityChoice, request: TokenRequest): Promise<IdpToken>;
  /** As {@link IdpTokens.token}, for a live probe: a token that seems dead is handed out as well, as long as there is one. */
  tokenForProbe(userId: string, choice: IdentityChoice, request: TokenRequest): Promise<IdpToken>;
  /** Keeps what an IdP's answer showed of a token. */
  observe(token: IdpToken, observation: Observation): void;
  /**
   * Nothing of this identity's present tokens is used any more, in any process, until the user signs in again. At the IdP
   * they live on, unless they were revoked there too.
   */
  revoke(token: IdpToken): Promise<Verdict>;
  /** The token's verdict as of now, after an observation. */
  judge(token: IdpToken): Verdict;
}

/** Puts profile, choice and verdict together. */
export function createIdpTokens(options: IdpTokensOptions): IdpTokens {
  const { profiles, catalogue, clock, renewals } = options;
  const observations = new Observations(options.maxObservations);

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
      observation: observations.find(profile.userId, identity),
      mayReadIdpTokens,
      ...options.settings(identity.connection),
      now: clock.now(),
      marginMs: options.marginMs,
    });

  /** The tokens that count now: Auth0's copy, what was renewed since, or none where an operator revoked them. */
  const hold = async (
    { profile }: ReadProfile,
    identity: StoredIdentity,
    notBefore: number,
  ): Promise<HeldIdentity> =>
    renewals !== undefined && identity.accessToken !== undefined
      ? holdTokens(identity, await renewals.kept(profile.userId, identity, notBefore))
      : identity;

  const report = ({ profile, token }: ReadProfile, identity: HeldIdentity): IdentityReport => ({
    connection: identity.connection,
    provider: identity.provider,
    idpUserId: identity.idpUserId,
    isSocial: identity.isSocial,
    primary: identity.primary,
    verdict: judge(identity, profile, grantsIdpTokens(token.scopes)),
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

  /** Renews what is due, and gives the tokens that count afterwards. */
  const renewIfDue = async (
    read: ReadProfile,
    copy: StoredIdentity,
    held: HeldIdentity,
    deadline: number,
  ): Promise<HeldIdentity> => {
    const entry = entryOf(copy);
    const { verdict } = report(read, held);
    const isDue =
      renewals !== undefined &&
      entry !== undefined &&
      canRenew(copy) &&
      isDueForRenewal(held, verdict, entry, clock.now());
    if (!isDue) return held;
    const kept = await renewals.renew({
      userId: read.profile.userId,
      identity: copy,
      entry,
      deadline,
      isCopyNew: clock.now() - read.profile.readAt < newEnoughToRefuseMs,
      obtainedAfter: (held.renewed?.obtainedAt ?? Number.NEGATIVE_INFINITY) + 1,
    });
    return holdTokens(copy, kept ?? renewals.peek(read.profile.userId, copy));
  };

  const find = async (
    userId: string,
    choice: IdentityChoice,
    request: TokenRequest,
    isGood: (verdict: Verdict) => boolean,
  ): Promise<IdpToken> => {
    const newEnough = clock.now() - newEnoughToRefuseMs;
    for (let notBefore = request.notBefore ?? 0; ; notBefore = Math.max(notBefore, newEnough)) {
      const read = await profiles.get(userId, { ...request, notBefore });
      const { profile } = read;
      const mayRefuse = profile.readAt >= newEnough;
      if (profile.blocked) {
        if (mayRefuse) throw new UserBlockedError();
        continue;
      }
      const identity = findIdentity(profile, choice, mayRefuse);
      if (identity === undefined) continue;
      const held = await renewIfDue(read, identity, await hold(read, identity, notBefore), request.deadline);
      const { verdict } = report(read, held);
      const entry = entryOf(identity);
      if (held.accessToken !== undefined && entry !== undefined && isGood(verdict)) {
        return { profile, identity: held, copy: identity, accessToken: held.accessToken, entry, verdict };
      }
      if (mayRefuse) throw new IdpTokenUnusableError(verdict);
    }
  };

  const mayCall = (verdict: Verdict): boolean =>
    verdict.callable ||
    (verdict.state === 'revoked' && clock.now() - Date.parse(verdict.observedAt) >= refusalHoldMs);

  return {
    user: async (userId, request) => {
      const read = await profiles.get(userId, request);
      const { identities } = read.profile;
      const notBefore = request.notBefore ?? 0;
      return reportHeld(
        read,
        await Promise.all(identities.map((identity) => hold(read, identity, notBefore))),
      );
    },
    reportUser: (read) =>
      reportHeld(
        read,
        read.profile.identities.map((identity) =>
          holdTokens(identity, renewals?.peek(read.profile.userId, identity)),
        ),
      ),
    identity: async (userId, choice, request) => {
      const read = await profiles.get(userId, request);
      const identity = chooseIdentity(read.profile, choice);
      return report(read, await hold(read, identity, request.notBefore ?? 0));
    },
    token: (userId, choice, request) => find(userId, choice, request, mayCall),
    tokenForProbe: (userId, choice, request) =>
      find(userId, choice, request, (verdict) => verdict.state !== 'not_applicable'),
    observe: (token, observation) => observations.record(token.profile.userId, token.identity, observation),
    revoke: async ({ profile, copy }) => {
      await renewals?.revoke(profile.userId, copy);
      return judge(holdTokens(copy, renewals?.peek(profile.userId, copy)), profile, true);
    },
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
