import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { HeldIdentity } from './held-identity.ts';
import type { Verdict } from './verdict.ts';

/** Renewal begins so long before the end, at most; a tenth of the life for tokens that live shorter. Milliseconds. */
const longestMarginMs = 60_000;
/** A token this young (milliseconds) that its IdP refuses is not renewed again: the refusal has other grounds. */
const tooYoungMs = 60_000;

/**
 * Is it time to renew? Shortly before the end, and not before the IdP takes it (Exact refuses early ones). And after a refusal by
 * the IdP, since a token can be dead before its time; but once only, or a path that always answers 401 would renew at every call.
 * @param now milliseconds since the epoch
 */
export function isDueForRenewal(
  { renewed, renewal, refreshToken }: HeldIdentity,
  verdict: Verdict,
  entry: CatalogueEntry,
  now: number,
): boolean {
  if (refreshToken === undefined) return false;
  if (renewal !== undefined && renewal.failures > 0) {
    if (renewal.nextAttemptAt === undefined || renewal.nextAttemptAt > now) return false;
  }
  if (isTooEarly(renewed?.obtainedAt, verdict, entry, now)) return false;
  if (verdict.state === 'revoked') return renewed === undefined || now - renewed.obtainedAt > tooYoungMs;
  const { expiresAtLatest } = verdict.evidence;
  if (verdict.state !== 'renewable' || expiresAtLatest === undefined) return false;
  const lifetimeMs = (entry.accessToken.lifetimeSeconds ?? 3_600) * 1_000;
  return Date.parse(expiresAtLatest) <= now + Math.min(longestMarginMs, lifetimeMs / 10);
}

/** Auth0's copy is at most as young as the last login; what the relay renewed is as young as it knows. */
function isTooEarly(
  renewedAt: number | undefined,
  { evidence }: Verdict,
  { refresh }: CatalogueEntry,
  now: number,
): boolean {
  if (refresh?.earliestAfterSeconds === undefined) return false;
  const obtainedAt =
    renewedAt ?? (evidence.lastLogin === undefined ? undefined : Date.parse(evidence.lastLogin));
  return obtainedAt !== undefined && now < obtainedAt + refresh.earliestAfterSeconds * 1_000;
}
