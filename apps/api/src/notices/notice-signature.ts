import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '@idp-relay/idp-tokens';

/** A notice that was signed longer ago than this, or so far ahead, is refused. Milliseconds. */
const longestAgeMs = 300_000;

/** What the sender of a signed notice puts into its headers. */
export interface NoticeSignature {
  /** `x-idp-relay-timestamp`: seconds since the epoch. */
  readonly timestamp: string | undefined;
  /** `x-idp-relay-signature`: `v1=` and the HMAC-SHA256 of `<timestamp>.<body>`, in hexadecimal. */
  readonly signature: string | undefined;
}

/**
 * True where somebody who knows the secret signed this very body, lately.
 * @param now milliseconds since the epoch
 */
export function isSignedBy(
  secret: Secret,
  body: Buffer,
  { timestamp = '', signature = '' }: NoticeSignature,
  now: number,
): boolean {
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now - Number(timestamp) * 1000) > longestAgeMs) return false;
  const expected = createHmac('sha256', secret.reveal()).update(`${timestamp}.`).update(body).digest('hex');
  return isSame(signature, `v1=${expected}`);
}

/** True where the `Authorization` header brings this very token. */
export function bringsToken(token: Secret, authorization: string | undefined): boolean {
  return isSame(authorization ?? '', `Bearer ${token.reveal()}`);
}

/** Compares in a time that tells nothing of where two texts differ. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
