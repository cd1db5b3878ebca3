import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { HeldIdentity } from './held-identity.ts';
import type { Observation } from './observations.ts';
import type { UserProfile } from './user-profile.ts';
import type { VerdictReason, VerdictSource, VerdictState } from './verdict.ts';

/** Everything that a verdict is made of. */
export interface JudgedFacts {
  readonly identity: HeldIdentity;
  readonly profile: Pick<UserProfile, 'lastLogin' | 'readAt'>;
  /** What the catalogue knows of the connection, if anything. */
  readonly entry: CatalogueEntry | undefined;
  readonly observation: Observation | undefined;
  /** False: the Management API token surely lacked `read:user_idp_tokens`. */
  readonly mayReadIdpTokens: boolean;
  /** The operators' configuration says that this connection keeps its tokens in Token Vault. */
  readonly keptInTokenVault: boolean;
  /** The relay itself can use refresh tokens of this connection: it knows the token endpoint and has a client for it. */
  readonly canRenew: boolean;
  /** The relay can get tokens from Token Vault. */
  readonly canUseTokenVault: boolean;
  /** Scopes that the policy needs for this connection. */
  readonly requiredScopes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** A token that ends sooner than this (milliseconds) counts as about to end. */
  readonly marginMs: number;
}

/** A verdict without its evidence. */
export interface Finding {
  readonly state: VerdictState;
  readonly reason: VerdictReason;
  readonly callable: boolean;
  readonly detail: string;
  readonly advice: string;
  readonly source: VerdictSource;
}
