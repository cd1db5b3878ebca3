import type { HeldIdentity } from './held-identity.ts';
import type { Finding, JudgedFacts } from './judged-facts.ts';
import { isRenewalReason, type RenewalReason } from './renewal-reason.ts';
import type { VerdictSource } from './verdict.ts';

/** What helps where nothing else does. */
export const signInAgain = 'Let the user sign in again through this connection.';

const words: Readonly<Record<RenewalReason, string>> = {
  renewal_refused: 'The IdP did not take its refresh token.',
  renewal_answer_lost: 'A renewal was cut off, and the refresh token that the IdP gave is lost.',
  renewal_misconfigured: 'The IdP did not take the client that is configured for renewals.',
  renewal_put_off: 'The IdP put the renewal off.',
  renewal_unanswered: 'The IdP gave no answer to the renewal.',
  kept_token_unreadable:
    'The renewed tokens that are kept do not open: their encryption key is not among those of the relay, or they were altered.',
};

/**
 * The verdict on a token that has ended, or is about to: whether it can be renewed decides.
 * @param endsAt milliseconds since the epoch
 */
export function judgeEnding(facts: JudgedFacts, endsAt: number, source: VerdictSource): Finding {
  const { identity, entry, now } = facts;
  const ended = endsAt <= now;
  const when = ended ? 'The token has ended' : 'The token ends soon';
  const common = { reason: ended ? ('lifetime_over' as const) : ('ends_soon' as const), source };
  const isWorthATry =
    identity.refreshToken !== undefined && entry?.refresh !== undefined && entry.refresh.possible !== 'no';
  const lost = {
    ...common,
    state: ended ? ('expired' as const) : ('expiring' as const),
    callable: !ended,
    advice: signInAgain,
  };
  if (!isWorthATry) {
    const why =
      identity.refreshToken === undefined
        ? 'and no refresh token is stored'
        : 'and this IdP is not known to renew tokens';
    return { ...lost, detail: `${when}, ${why}.` };
  }
  if (!facts.canRenew) {
    return {
      ...common,
      state: 'renewable',
      callable: !ended,
      detail: `${when}; its refresh token is stored.`,
      advice: ended
        ? `${signInAgain} For renewals by the relay, configure the connection's client at the IdP.`
        : '',
    };
  }
  const trouble = troubleOf(identity, now);
  if (trouble === undefined) {
    return {
      ...common,
      state: 'renewable',
      callable: true,
      detail: `${when}, and is renewed with the next call.`,
      advice: '',
    };
  }
  if (trouble.nextAttemptAt === undefined)
    return { ...lost, reason: trouble.reason, detail: `${when}. ${words[trouble.reason]}` };
  return {
    ...common,
    reason: trouble.reason,
    state: 'renewable',
    callable: !ended,
    detail: `${when}. ${words[trouble.reason]}`,
    advice: `It is tried again with the first call after ${new Date(trouble.nextAttemptAt).toISOString()}.`,
  };
}

/** A failure that still stands in the way of a renewal. */
function troubleOf(
  { renewal }: HeldIdentity,
  now: number,
): { readonly reason: RenewalReason; readonly nextAttemptAt?: number } | undefined {
  if (renewal === undefined || renewal.failures === 0 || !isRenewalReason(renewal.reason)) return undefined;
  const { reason, nextAttemptAt } = renewal;
  if (nextAttemptAt === undefined) return { reason };
  return nextAttemptAt > now ? { reason, nextAttemptAt } : undefined;
}
