import type { HeldIdentity } from './held-identity.ts';
import type { IdentityReport, UserReport } from './idp-tokens.ts';
import type { ReadProfile } from './user-profiles.ts';
import type { Verdict } from './verdict.ts';

/** An identity for those who look: with what is known of its token, and without the token. */
export function reportIdentity(identity: HeldIdentity, verdict: Verdict): IdentityReport {
  const { connection, provider, idpUserId, isSocial, primary } = identity;
  return { connection, provider, idpUserId, isSocial, primary, verdict };
}

/** A user for those who look. */
export function reportUser({ profile }: ReadProfile, identities: readonly IdentityReport[]): UserReport {
  const { userId, name, email, blocked, lastLogin } = profile;
  return {
    userId,
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    blocked,
    ...(lastLogin !== undefined && { lastLogin }),
    identities,
  };
}
