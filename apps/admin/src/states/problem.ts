import { RelayProblem } from '@idp-relay/client';
import { SessionEndedError } from '../session/session-ended-error.ts';

/** What kind of trouble a page is in; each has its own words. */
export type Trouble =
  | 'session_ended'
  | 'not_allowed'
  | 'not_found'
  | 'rate_limited'
  | 'auth0_unavailable'
  | 'unreachable'
  | 'unexpected';

/** Sorts an error of a call by what the operator can do about it. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof SessionEndedError) return 'session_ended';
  if (error instanceof TypeError) return 'unreachable';
  if (!(error instanceof RelayProblem)) return 'unexpected';
  switch (error.code) {
    case 'permission_missing':
      return 'not_allowed';
    case 'user_not_found':
      return 'not_found';
    case 'management_rate_limited':
      return 'rate_limited';
  }
  if (error.status === 401) return 'session_ended';
  if (error.status === 429) return 'rate_limited';
  return error.status === 502 || error.status === 503 ? 'auth0_unavailable' : 'unexpected';
}

/** A repetition helps against a bad moment, and against nothing else. */
export function shouldRetry(failures: number, error: unknown): boolean {
  return failures < 1 && troubleOf(error) === 'auth0_unavailable';
}
