import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { Observation } from './observations.ts';
import type { HeldIdentity } from './held-identity.ts';
import type { UserProfile } from './user-profile.ts';
import type { VerdictEvidence } from './verdict.ts';

/**
 * What can be said of a token's end.
 * - `ends`: not later than `at` (milliseconds since the epoch); an upper bound, unless the IdP named it itself
 * - `endless`: it has no end
 * - `unknown`: nothing can be said
 */
export type TokenExpiry =
  | {
      readonly kind: 'ends';
      readonly at: number;
      readonly basis: NonNullable<VerdictEvidence['expiryBasis']>;
    }
  | { readonly kind: 'endless' }
  | { readonly kind: 'unknown' };

/**
 * Works the end of a stored token out of what there is, best source first: the IdP's own word at a probe,
 * what it said when the relay renewed the token, `expires_in` counted from the last login, the strategy's usual lifetime
 * counted from the last login.
 *
 * Auth0 stores `expires_in` without the time of issue. Tokens are only replaced at a login, and `last_login` is the
 * newest login through any identity, so `last_login + expires_in` is the latest moment at which the token can be good:
 * past it the token is surely dead; before it, that of an identity which was not the one used may be dead as well.
 */
export function estimateExpiry(
  identity: HeldIdentity,
  profile: Pick<UserProfile, 'lastLogin'>,
  entry: CatalogueEntry | undefined,
  observation: Observation | undefined,
): TokenExpiry {
  if (observation?.expiresAt !== undefined)
    return { kind: 'ends', at: observation.expiresAt, basis: 'idp_answer' };
  if (identity.renewed !== undefined) return expiryOfRenewed(identity.renewed, entry);
  const { lastLogin } = profile;
  if (identity.expiresInSeconds !== undefined) {
    if (lastLogin === undefined) return { kind: 'unknown' };
    return {
      kind: 'ends',
      at: lastLogin + identity.expiresInSeconds * 1000,
      basis: 'expires_in_since_last_login',
    };
  }
  switch (entry?.accessToken.expires) {
    case 'never':
      return { kind: 'endless' };
    case 'sometimes':
      // An IdP whose tokens end only for some apps sends `expires_in` for those; without it this one has no end.
      return { kind: 'endless' };
    case 'always': {
      const usual = entry.accessToken.lifetimeSeconds;
      if (usual === undefined || lastLogin === undefined) return { kind: 'unknown' };
      return { kind: 'ends', at: lastLogin + usual * 1000, basis: 'usual_lifetime_since_last_login' };
    }
    default:
      return { kind: 'unknown' };
  }
}

/** The relay was there when this token was issued, so its end is known as well as the IdP told it. */
function expiryOfRenewed(
  { expiresAt }: NonNullable<HeldIdentity['renewed']>,
  entry: CatalogueEntry | undefined,
): TokenExpiry {
  if (expiresAt !== undefined) return { kind: 'ends', at: expiresAt, basis: 'renewal_answer' };
  return entry?.accessToken.expires === 'never' || entry?.accessToken.expires === 'sometimes'
    ? { kind: 'endless' }
    : { kind: 'unknown' };
}
