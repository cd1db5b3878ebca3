import type { IntrospectionFinding } from './observations.ts';

/** What is known of one identity's IdP token, in one word. */
export const verdictStates = [
  'usable',
  'expiring',
  'renewable',
  'expired',
  'revoked',
  'insufficient_scope',
  'missing',
  'in_token_vault',
  'not_applicable',
  'unknown',
] as const;

/**
 * - `usable`: there is a token and nothing says that it is bad
 * - `expiring`: usable, but ends within the margin and cannot be renewed
 * - `renewable`: ended, or about to, and there is a refresh token; `callable` says whether the relay can use it
 * - `expired`: ended, and only a new login helps
 * - `revoked`: the IdP itself refused it, or an operator took it out of use
 * - `insufficient_scope`: good, but lacks scopes that the policy needs
 * - `missing`: the connection should give one, and none is stored
 * - `in_token_vault`: the connection keeps its tokens in Token Vault; `callable` says whether the relay can fetch them
 * - `not_applicable`: database, passwordless, SAML …: no OAuth token exists
 * - `unknown`: there is a token, but its expiry is not known and no probe was made
 */
export type VerdictState = (typeof verdictStates)[number];

/** Why the state is what it is; finer than the state, stable, for programs. */
export const verdictReasons = [
  'token_stored',
  'token_without_end',
  'idp_accepted',
  'expiry_unknown',
  'ends_soon',
  'lifetime_over',
  'idp_refused',
  'revoked_by_operator',
  'scopes_lacking',
  'not_stored',
  'renewal_refused',
  'renewal_answer_lost',
  'renewal_misconfigured',
  'renewal_put_off',
  'renewal_unanswered',
  'kept_token_unreadable',
  'management_scope_missing',
  'kept_in_token_vault',
  'vault_keeps_nothing',
  'vault_refresh_failed',
  'strategy_gives_no_token',
  'strategy_unknown',
  'not_relayable',
] as const;
export type VerdictReason = (typeof verdictReasons)[number];

/** Where the newest fact behind the verdict comes from. */
export const verdictSources = [
  'auth0_profile',
  'renewal',
  'token_vault',
  'operator',
  'idp_answer',
  'probe',
  'catalogue',
  'configuration',
] as const;
export type VerdictSource = (typeof verdictSources)[number];

/** The facts that led to a verdict. No token and nothing made from one is among them. */
export interface VerdictEvidence {
  /** The user's last login through any identity: the latest moment at which this token can have been issued. */
  readonly lastLogin?: string;
  /** Seconds, as the IdP said at an unstated login. */
  readonly expiresInSeconds?: number;
  /**
   * The latest moment at which the token can still be good. An estimate, and an upper bound: Auth0 stores the lifetime
   * without the time of issue, and `last_login` may belong to another identity.
   */
  readonly expiresAtLatest?: string;
  /** What the expiry was worked out from. */
  readonly expiryBasis?:
    'expires_in_since_last_login' | 'usual_lifetime_since_last_login' | 'renewal_answer' | 'idp_answer';
  readonly hasRefreshToken: boolean;
  /** ISO 8601 moment at which the relay itself renewed the token; left out for Auth0's own copy. */
  readonly renewedAt?: string;
  /** ISO 8601 moment before which no renewal is tried again. */
  readonly nextRenewalAt?: string;
  /** Scopes that the IdP itself named, where it does. */
  readonly grantedScopes?: readonly string[];
  /** Scopes that the policy needs and the token lacks. */
  readonly lackingScopes?: readonly string[];
  /** HTTP status of the IdP's answer that the verdict rests on. */
  readonly idpStatus?: number;
  /** What the IdP said of the token when it was asked in the name of the tenant's client; left out where it was not. */
  readonly introspection?: IntrospectionFinding;
}

/** What is known of one identity's token, why, since when, and what to do about it. */
export interface Verdict {
  readonly state: VerdictState;
  readonly reason: VerdictReason;
  /** Can a call be made with it right now. */
  readonly callable: boolean;
  /** The reason in plain words, one or two sentences. */
  readonly detail: string;
  /** What to do; empty where nothing needs doing. */
  readonly advice: string;
  readonly evidence: VerdictEvidence;
  /** ISO 8601 moment of the newest fact. */
  readonly observedAt: string;
  readonly source: VerdictSource;
}

/** True where the token's end is known and over. @param now milliseconds since the epoch */
export function hasEnded({ evidence }: Verdict, now: number): boolean {
  return evidence.expiresAtLatest !== undefined && Date.parse(evidence.expiresAtLatest) <= now;
}
