import { RelayProblem } from '@idp-relay/client';
import { SessionEndedError } from '../session/session-ended-error.ts';

/** What kind of trouble a page is in; each has its own words. */
export type Trouble =
  | 'session_ended'
  | 'not_allowed'
  | 'not_found'
  | 'auth0_limited'
  | 'auth0_unavailable'
  | 'relay_busy'
  | 'store_unavailable'
  | 'idp_unavailable'
  | 'unreachable'
  | 'unexpected';

/** Sorts an error of a call by what the operator can do about it. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof SessionEndedError) return 'session_ended';
  if (error instanceof TypeError) return 'unreachable';
  if (!(error instanceof RelayProblem)) return 'unexpected';
  return troubleOfCode.get(error.code) ?? (error.status === 401 ? 'session_ended' : 'unexpected');
}

const troubleOfCode: ReadonlyMap<string, Trouble> = new Map([
  ['permission_missing', 'not_allowed'],
  ['user_not_found', 'not_found'],
  ['management_rate_limited', 'auth0_limited'],
  ['management_unavailable', 'auth0_unavailable'],
  ['management_credentials_refused', 'auth0_unavailable'],
  ['management_forbidden', 'auth0_unavailable'],
  ['signing_keys_unavailable', 'auth0_unavailable'],
  ['token_vault_refused', 'auth0_unavailable'],
  ['relay_overloaded', 'relay_busy'],
  ['relay_closing', 'relay_busy'],
  ['request_rate_limited', 'relay_busy'],
  ['token_store_unavailable', 'store_unavailable'],
  ['idp_unavailable', 'idp_unavailable'],
  ['idp_timeout', 'idp_unavailable'],
]);

/** A repetition helps against a bad moment, and against nothing else. */
export function shouldRetry(failures: number, error: unknown): boolean {
  const trouble = troubleOf(error);
  return failures < 1 && (trouble === 'auth0_unavailable' || trouble === 'store_unavailable');
}
