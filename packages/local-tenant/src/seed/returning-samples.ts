import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { findSampleToken, issueSampleToken } from '../sample-idps/sample-idp-store.ts';
import type { SampleIdpToken } from '../sample-idps/sample-idp-state.ts';
import { samplePeople, sampleUserId, type SamplePerson } from './sample-people.ts';

/** Somebody whose token has less left than this signs in again. Milliseconds. */
const leastLeft = 120_000;

/**
 * Lets the samples that are to be seen with a token about to end sign in again, as many minutes ago as their plan says.
 * A token ends once, and within minutes here: so each of theirs is a new one, and only somebody who looks gets to see it.
 * What was done to them on purpose (their token expired, revoked or dropped) stays done.
 */
export function letSamplesReturn(context: LocalTenantContext): void {
  for (const person of samplePeople) if (person.returns === true) letReturn(context, person);
}

function letReturn(context: LocalTenantContext, person: SamplePerson): void {
  const { clock, database } = context;
  const user = database.state.users.find(({ user_id }) => user_id === sampleUserId(person));
  const [identity] = user?.identities ?? [];
  const token = findSampleToken(context, identity?.access_token ?? '');
  if (user === undefined || identity === undefined || token === undefined) return;
  const now = clock.now();
  if (token.revoked || !endsByItself(token, identity.expires_in)) return;
  if ((token.expiresAt ?? Infinity) - now >= leastLeft) return;
  const issuedAt = now - person.lastLoginMinutesAgo * 60_000;
  const { strategy, accountId, scope } = token;
  const next = issueSampleToken(context, { strategy, accountId, scope, offlineAccess: false, issuedAt });
  identity.access_token = next.accessToken;
  user.last_login = isoTime(issuedAt);
  user.updated_at = isoTime(issuedAt);
  user.logins_count += 1;
  database.save();
}

/** False for a token that was made to end before its time. */
function endsByItself({ issuedAt, expiresAt = 0 }: SampleIdpToken, lifetime = 0): boolean {
  return expiresAt - issuedAt === lifetime * 1000;
}
