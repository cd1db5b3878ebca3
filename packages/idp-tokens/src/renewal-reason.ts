import type { RenewalAnswer } from './renewal-request.ts';

/** What an earlier renewal brought is kept, and does not open. */
export const keptUnreadable = 'kept_token_unreadable';

/** Why a renewal brought nothing, or none is tried; stable, kept in the store and shown in verdicts. */
export const renewalReasons = [
  /** The IdP does not take the refresh token any more. */
  'renewal_refused',
  /** An earlier renewal was cut off between the IdP's answer and the store, and with it went the only good refresh token. */
  'renewal_answer_lost',
  /** The IdP does not take the tenant's client or its request. */
  'renewal_misconfigured',
  /** The IdP has no time for it now. */
  'renewal_put_off',
  /** The IdP gave no answer that could be read: whether the refresh token is used up is not known. */
  'renewal_unanswered',
  keptUnreadable,
] as const;
export type RenewalReason = (typeof renewalReasons)[number];

/** Tells a reason that a store kept from anything else. */
export function isRenewalReason(text: string | undefined): text is RenewalReason {
  return renewalReasons.some((reason) => reason === text);
}

/** First pause after a failure that may pass, in milliseconds; doubled with each further one. */
const firstPauseMs = 5_000;
const longestPauseMs = 10 * 60_000;
/** After so long (milliseconds) operators may have mended what the IdP found wrong with the client. */
const misconfiguredPauseMs = 5 * 60_000;

/** What happened before this answer. */
export interface RenewalHistory {
  /** Failures in a row before. */
  readonly failures: number;
  /** An earlier request was sent, and its answer never recorded. */
  readonly isAnswerLost: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Names a failure and says when, if ever, it makes sense to try again. A dead refresh token is never tried twice. */
export function renewalReason(
  answer: Exclude<RenewalAnswer, { outcome: 'renewed' }>,
  { failures, isAnswerLost, now }: RenewalHistory,
): { reason: RenewalReason; nextAttemptAt?: number } {
  switch (answer.outcome) {
    case 'refused':
      return { reason: isAnswerLost ? 'renewal_answer_lost' : 'renewal_refused' };
    case 'misconfigured':
      return { reason: 'renewal_misconfigured', nextAttemptAt: now + misconfiguredPauseMs };
    case 'not_now':
      return {
        reason: 'renewal_put_off',
        nextAttemptAt: now + Math.max(pauseAfter(failures), answer.retryAfterMs ?? 0),
      };
    case 'unanswered':
      return { reason: 'renewal_unanswered', nextAttemptAt: now + pauseAfter(failures) };
  }
}

function pauseAfter(failures: number): number {
  return Math.min(firstPauseMs * 2 ** failures, longestPauseMs);
}
