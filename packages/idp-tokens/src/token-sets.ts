import type { Secret } from './secret.ts';

/** One identity of one user: what a kept token set belongs to. */
export interface IdentityKey {
  /** The tenant's domain. */
  readonly tenant: string;
  /** Auth0's `user_id` of the user, the primary identity's for linked ones. */
  readonly userId: string;
  readonly connection: string;
  /** The user's id at the IdP (`identities[].user_id`). */
  readonly idpUserId: string;
}

/** An identity as it is told apart within one user. */
export type LinkedIdentity = Pick<IdentityKey, 'connection' | 'idpUserId'>;

/** What an IdP's token endpoint gave (RFC 6749 section 5.1). */
export interface TokenSet {
  readonly accessToken: Secret;
  /** OAuth 1.0a only. */
  readonly accessTokenSecret?: Secret;
  readonly refreshToken?: Secret;
  /** Scopes that the IdP says it granted; absent: it did not say. */
  readonly scope?: readonly string[];
  /** Milliseconds since the epoch. */
  readonly obtainedAt: number;
  /** Milliseconds since the epoch; absent: not known, or never. */
  readonly expiresAt?: number;
}

/** How the renewals since the last good one went. */
export interface RenewalState {
  /** Failures in a row; 0 after a good renewal, and for a copy in Auth0 that was not tried yet. */
  readonly failures: number;
  /** Stable code of the last failure. */
  readonly reason?: string;
  /** Milliseconds since the epoch; absent while there are failures: this copy is never tried again. */
  readonly nextAttemptAt?: number;
  /**
   * Milliseconds since the epoch, by the store's clock: a renewal request was about to be sent then, and its result is not
   * recorded. Seen by the holder of a fresh lease, it means that the result is lost.
   */
  readonly sentAt?: number;
}

/** What is kept of one identity. */
export interface KeptIdentity {
  /** Absent: nothing was renewed yet, or Auth0's copy replaced what was, or it is {@link KeptIdentity.unreadable}. */
  readonly tokenSet?: TokenSet;
  /**
   * There is a token set, and it does not open: its encryption key is not at hand (it may come back), or it was altered.
   * Once Auth0 has another copy than {@link KeptIdentity.basedOn}, that no longer matters.
   */
  readonly unreadable?: 'key_unknown' | 'seal_broken';
  /** Fingerprint of the copy in Auth0 that the token set and the renewal state stem from. */
  readonly basedOn: string;
  readonly renewal: RenewalState;
  /** Milliseconds since the epoch, by the store's clock. */
  readonly updatedAt: number;
}

/** The right to renew one identity's tokens, for a bounded time. */
export interface RenewalLease {
  readonly key: IdentityKey;
  /** A number that no other lease of the store has or had. */
  readonly fence: number;
  /** How long the lease lasts from its start, and again from {@link TokenSetStore.markSent}; milliseconds. */
  readonly durationMs: number;
  /** What is kept, read under the lease. */
  readonly kept?: KeptIdentity;
}

/** What a renewal brought. */
export interface Renewed {
  readonly tokenSet: TokenSet;
  /** Fingerprint of the copy in Auth0 that was renewed, or that the renewed token set stemmed from. */
  readonly basedOn: string;
}

/** Why a renewal brought nothing. */
export interface RenewalFailure {
  /** As in {@link Renewed}. */
  readonly basedOn: string;
  /** Stable code. */
  readonly reason: string;
  /** Milliseconds since the epoch; absent: never again with this copy. */
  readonly nextAttemptAt?: number;
}

/**
 * Where renewed token sets are kept, and where the processes agree on who renews.
 * Every method may throw the store's own errors, when the database is not there or failed.
 */
export interface TokenSetStore {
  /** What is kept; undefined: nothing. */
  read(key: IdentityKey): Promise<KeptIdentity | undefined>;
  /** Takes the lease for so many milliseconds; undefined: another holder's lease is in force. */
  lease(key: IdentityKey, durationMs: number): Promise<RenewalLease | undefined>;
  /**
   * To be called right before the renewal request is sent: records that, durably, and starts the lease's duration anew.
   * A token set that stems from another copy than `basedOn` is dropped here.
   * False: the lease is over, nothing was written, and the request must not be sent.
   */
  markSent(lease: RenewalLease, basedOn: string): Promise<boolean>;
  /**
   * Keeps a renewed token set, clears the failures and ends the lease. Works after the lease's time, too, as long as
   * nobody else took it, for this may be the only copy there is.
   * False: the lease was lost, and nothing was written. After an error it is not known whether something was: try again,
   * and take `false` then as a reason to read.
   */
  complete(lease: RenewalLease, renewed: Renewed): Promise<boolean>;
  /**
   * Counts a failure, from 1 again for another copy than before, and ends the lease. The kept token set stays if it
   * stems from the same copy.
   * False: the lease was lost, and nothing was written.
   */
  fail(lease: RenewalLease, failure: RenewalFailure): Promise<boolean>;
  /** Ends the lease and leaves what is kept as it is. Nothing happens when it was lost already. */
  release(lease: RenewalLease): Promise<void>;
  /**
   * Resolves when no lease of the identity is in force, at once if none is; or, without an error, when the signal aborts.
   * A wake-up only: read afterwards, and be ready to find another lease.
   */
  leaseEnded(key: IdentityKey, signal: AbortSignal): Promise<void>;
  /** Removes what is kept of an identity. A renewal under way keeps nothing any more. */
  forget(key: IdentityKey): Promise<void>;
  /** The same for the identities of a user that are not among those still linked: for all of them, where none is. */
  forgetOthers(tenant: string, userId: string, linked: readonly LinkedIdentity[]): Promise<void>;
}
