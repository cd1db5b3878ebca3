import { createHash } from 'node:crypto';
import { keptUnreadable } from './renewal-reason.ts';
import type { Secret } from './secret.ts';
import type { KeptIdentity, RenewalState, TokenSet } from './token-sets.ts';
import type { StoredIdentity } from './user-profile.ts';

/** An identity with the tokens that count now: Auth0's copy, or what the relay renewed since. */
export interface HeldIdentity extends StoredIdentity {
  /** There where the relay got the tokens itself, by renewal or from Token Vault; Auth0's copy otherwise. */
  readonly renewed?: {
    readonly by: 'renewal' | 'token_vault';
    /** Milliseconds since the epoch. */
    readonly obtainedAt: number;
    /** Milliseconds since the epoch, where the IdP named the end. */
    readonly expiresAt?: number;
    /** As the IdP granted them, where it said so. */
    readonly scope?: readonly string[];
  };
  /** How renewals of this very copy went. */
  readonly renewal?: RenewalState;
  /** Milliseconds since the epoch: an operator revoked this very copy, and it is not used any more. */
  readonly revokedAt?: number;
}

/**
 * A one-way mark of Auth0's copy of an identity's tokens. It changes with every login through the connection, and with
 * nothing else, since Auth0 renews nothing.
 */
export function copyFingerprint({ accessToken, refreshToken }: StoredIdentity): string {
  const marks = JSON.stringify([accessToken?.fingerprint(), refreshToken?.fingerprint()]);
  return createHash('sha256').update(marks).digest('base64url').slice(0, 22);
}

/** Kept in the place of a renewal's failure: the copy was revoked here, whatever Auth0 goes on storing. */
export const revokedByOperator = 'revoked_by_operator';

/**
 * Which tokens count. What the relay renewed counts as long as it stems from the copy that Auth0 holds now: a renewal is
 * always younger than the copy it began with. Once the user has signed in again, Auth0's new copy counts. None counts of a
 * copy that an operator revoked.
 */
export function holdTokens(identity: StoredIdentity, kept: KeptIdentity | undefined): HeldIdentity {
  if (kept === undefined) return identity;
  const known = lastHeld.get(identity);
  if (known?.kept === kept) return known.held;
  const held = combine(identity, kept);
  lastHeld.set(identity, { kept, held });
  return held;
}

/**
 * What was last made of a copy, with the very row that it was made by: calls do so again and again. Bound to the copy, it goes
 * when the profile goes.
 */
const lastHeld = new WeakMap<StoredIdentity, { readonly kept: KeptIdentity; readonly held: HeldIdentity }>();

function combine(identity: StoredIdentity, kept: KeptIdentity): HeldIdentity {
  if (kept.basedOn !== copyFingerprint(identity)) return identity;
  const { tokenSet, renewal } = kept;
  if (renewal.reason === revokedByOperator) {
    const { accessToken: _, accessTokenSecret: _secret, refreshToken: _refresh, ...rest } = identity;
    return { ...rest, revokedAt: kept.updatedAt };
  }
  // It may hold the only refresh token that is still good, so Auth0's own, which it came of, is not tried in its place.
  if (kept.unreadable !== undefined) return { ...identity, renewal: { failures: 1, reason: keptUnreadable } };
  if (tokenSet === undefined) return { ...identity, renewal };
  const { accessToken, refreshToken, obtainedAt, expiresAt, scope } = tokenSet;
  const { expiresInSeconds: _ofTheCopy, ...rest } = identity;
  return {
    ...rest,
    accessToken,
    ...(refreshToken !== undefined && { refreshToken }),
    renewed: {
      by: 'renewal',
      obtainedAt,
      ...(expiresAt !== undefined && { expiresAt }),
      ...(scope !== undefined && { scope }),
    },
    renewal,
  };
}

/** An identity with a token that Token Vault gave for one call. */
export function holdVaultToken(
  identity: StoredIdentity,
  { accessToken, obtainedAt, expiresAt, scope }: TokenSet,
): HeldIdentity & { readonly accessToken: Secret } {
  return {
    ...identity,
    accessToken,
    renewed: {
      by: 'token_vault',
      obtainedAt,
      ...(expiresAt !== undefined && { expiresAt }),
      ...(scope !== undefined && { scope }),
    },
  };
}
