import type { Catalogue, CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { IdentityChoice } from './choose-identity.ts';
import type { Clock } from './clock.ts';
import type { HeldIdentity } from './held-identity.ts';
import type { Observation, ObservationsOptions } from './observations.ts';
import type { Secret } from './secret.ts';
import type { TokenRenewals } from './token-renewals.ts';
import type { TokenVault } from './token-vault.ts';
import type { UserChange } from './user-changes.ts';
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
  /** For connections that keep their tokens in Token Vault. Left out: those give no token. */
  readonly tokenVault?: TokenVault;
  /** Renews what has ended. Left out: nothing is renewed, and nothing kept. */
  readonly renewals?: TokenRenewals;
  /** What is seen of tokens in use: where it is kept, if it is, and how much of it is remembered. */
  readonly observations: Omit<ObservationsOptions, 'clock'>;
  /** Told when what the relay keeps of a user's tokens has changed here, for others to hear of it. */
  readonly onChange?: (change: UserChange) => void;
  /** Told the store's error when an observation could not be written down. */
  readonly onNotKept?: (error: unknown) => void;
}

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

/** A token that may be sent to its IdP. Ask for it at each call; keep it nowhere, and change nothing in it. */
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
  /** The user's own access token of the relay's audience, where the user calls: Token Vault gives tokens by it. */
  readonly subject?: Secret;
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
  reportUser(read: ReadProfile): Promise<UserReport>;
  /** As {@link IdpTokens.reportUser}, by what is in memory alone. */
  peekUser(read: ReadProfile): UserReport;
  /**
   * One identity of a user with its verdict, callable or not.
   * @throws ConnectionNotLinkedError, IdentityAmbiguousError, UserNotFoundError and the errors of the Management API
   */
  identity(userId: string, choice: IdentityChoice, request: TokenRequest): Promise<IdentityReport>;
  /**
   * The token that {@link IdpTokens.token} gave a moment ago (within a second), where nothing has changed since and there is
   * nothing to wait for. Undefined: ask for it. Not for identities that are chosen by IdP user id, nor for Token Vault's tokens.
   */
  recall(userId: string, choice: IdentityChoice): IdpToken | undefined;
  /**
   * The token for one call, renewed where that is due. When what is kept in memory says no, the tenant is asked once more
   * before the answer is no.
   * @throws IdpTokenUnusableError with the verdict, UserBlockedError, and everything that `identity` throws
   */
  token(userId: string, choice: IdentityChoice, request: TokenRequest): Promise<IdpToken>;
  /** As {@link IdpTokens.token}, for a live probe: a token that seems dead is handed out as well, as long as there is one. */
  tokenForProbe(userId: string, choice: IdentityChoice, request: TokenRequest): Promise<IdpToken>;
  /** The token that is stored, as it is: neither renewed nor judged, of blocked users too. */
  tokenToRevoke(userId: string, choice: IdentityChoice, request: TokenRequest): Promise<IdpToken>;
  /** Keeps what an IdP's answer showed of a token. Never rejects: where it cannot be written down it counts in this process alone. */
  observe(token: IdpToken, observation: Observation): Promise<void>;
  /**
   * Takes a change that happened elsewhere into account: what was read before it is read again when it is next needed.
   * Undefined: changes may have been missed.
   */
  outdate(change: UserChange | undefined): void;
  /**
   * Nothing of this identity's present tokens is used any more, in any process, until the user signs in again. At the IdP
   * they live on, unless they were revoked there too.
   */
  revoke(token: IdpToken): Promise<Verdict>;
  /** How many identities' observations are in memory. */
  observationCount(): number;
  /** The token's verdict as of now, after an observation. */
  judge(token: IdpToken): Verdict;
}
