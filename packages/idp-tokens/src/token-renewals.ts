import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { Clock } from './clock.ts';
import type { IdpClientCredentials } from './idp-client-credentials.ts';
import type { KeptRow } from './kept-rows.ts';
import type { RenewalReason } from './renewal-reason.ts';
import type { KeptIdentity, TokenSetStore } from './token-sets.ts';
import type { StoredIdentity } from './user-profile.ts';

/** What {@link TokenRenewals} work with. */
export interface TokenRenewalsOptions {
  readonly store: TokenSetStore;
  /** The tenant's domain. */
  readonly tenant: string;
  /** The tenant's client at the IdP of a connection; `undefined` where the operators named none. */
  readonly client: (connection: string) => IdpClientCredentials | undefined;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Time limit of one request to a token endpoint, in milliseconds. A lease lasts little longer. */
  readonly timeoutMs: number;
  /** How long what the store said is used without asking it again, in milliseconds. */
  readonly lifetimeMs: number;
  /** How many identities are remembered. */
  readonly maxEntries: number;
  /** Hears of every renewal that was tried here, and of every wait for another holder's. */
  readonly onEvent?: (event: RenewalEvent) => void;
}

/** For metrics. */
export type RenewalEvent =
  | { readonly kind: 'renewed'; readonly connection: string }
  | { readonly kind: 'failed'; readonly connection: string; readonly reason: RenewalReason }
  | { readonly kind: 'waited'; readonly connection: string; readonly milliseconds: number };

/** Which identity, as Auth0 has it, and how long the caller waits. */
export interface RenewalOf {
  readonly userId: string;
  readonly identity: StoredIdentity;
  readonly entry: CatalogueEntry;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** False: Auth0's copy was read a while ago, and the user may have signed in since. */
  readonly isCopyNew: boolean;
  /** A token set that was renewed before this moment (milliseconds since the epoch) is not good enough. */
  readonly obtainedAfter: number;
}

/** Renewed token sets: what is kept of them, and how they come to be. */
export interface TokenRenewals {
  /** True where renewing is possible for this connection: a client is configured, and the IdP's token endpoint is known. */
  canRenew(connection: string, entry: CatalogueEntry): boolean;
  /** What is kept of an identity. @param notBefore an answer of the store from before (milliseconds since the epoch) is not good enough */
  kept(userId: string, identity: StoredIdentity, notBefore: number): Promise<KeptIdentity | undefined>;
  /** The same as far as it is in memory and good enough: nothing to wait for. Undefined: the store has to be asked. */
  recall(userId: string, identity: StoredIdentity, notBefore: number): KeptRow | undefined;
  /** What is kept as far as it is in memory, for those who only look. */
  peek(userId: string, identity: StoredIdentity): KeptIdentity | undefined;
  /**
   * Renews, or waits for whoever is at it: one request to the IdP per identity, over all processes. Comes back with what is
   * kept afterwards, good or bad; with nothing when the deadline passed before.
   */
  renew(of: RenewalOf): Promise<KeptIdentity | undefined>;
  /** From now on nothing of this copy is used, here or in any other process; a new sign-in ends that. */
  revoke(userId: string, identity: StoredIdentity): Promise<void>;
  /** How many identities' rows are in memory, those without a row included. */
  keptCount(): number;
  /** Resolves when no renewal is under way here: before that, closing the store could lose a refresh token. */
  settled(): Promise<void>;
  /** Removes what is kept of those who are gone: of a user, but for the identities that are still linked. */
  forgetOthers(userId: string, linked: readonly StoredIdentity[]): Promise<void>;
  /** Removes the tokens that are kept of a blocked user. That one was revoked stays known, for the day the user is unblocked. */
  forgetTokens(userId: string, identities: readonly StoredIdentity[]): Promise<void>;
}
