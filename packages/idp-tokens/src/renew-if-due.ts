import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { Clock } from './clock.ts';
import { holdTokens, type HeldIdentity } from './held-identity.ts';
import { isDueForRenewal } from './renewal-due.ts';
import type { TokenRenewals } from './token-renewals.ts';
import type { StoredIdentity } from './user-profile.ts';
import { hasEnded, type Verdict } from './verdict.ts';

/** An identity whose token a call wants, with all that tells whether to renew it first. */
export interface RenewalCandidate {
  readonly userId: string;
  /** The identity as Auth0 has it. */
  readonly copy: StoredIdentity;
  /** The same with the tokens that count now, and their verdict. */
  readonly held: HeldIdentity;
  readonly verdict: Verdict;
  readonly entry: CatalogueEntry | undefined;
  /** False: Auth0's copy was read a while ago, and the user may have signed in since. */
  readonly isCopyNew: boolean;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/**
 * Renews what is due, and gives the tokens that count afterwards; at once where nothing is due.
 * @throws the store's own errors, where the token that is there has ended or was refused
 */
export function renewIfDue(
  { userId, copy, held, verdict, entry, isCopyNew, deadline }: RenewalCandidate,
  renewals: TokenRenewals | undefined,
  clock: Clock,
): HeldIdentity | Promise<HeldIdentity> {
  const isDue =
    renewals !== undefined &&
    entry !== undefined &&
    isDueForRenewal(held, verdict, entry, clock.now()) &&
    renewals.canRenew(copy.connection, entry);
  if (!isDue) return held;
  const renewal = renewals.renew({
    userId,
    identity: copy,
    entry,
    deadline,
    isCopyNew,
    obtainedAfter: (held.renewed?.obtainedAt ?? Number.NEGATIVE_INFINITY) + 1,
  });
  return renewal.then(
    (renewed) => holdTokens(copy, renewed ?? renewals.peek(userId, copy)),
    (error: unknown) => {
      // The store is in trouble; a token that has not ended yet is good all the same.
      if (hasEnded(verdict, clock.now()) || verdict.state === 'revoked') throw error;
      return held;
    },
  );
}
