import { createHmac } from 'node:crypto';
import type { IdentityName } from './identity-names.ts';
import type { PostLoginEvent } from './post-login-event.ts';

/** What the relay is told: this user has just signed in through this connection. */
export interface SignInNotice {
  readonly user_id: string;
  /** Name of the connection that the user signed in through. */
  readonly connection: string;
  /** ISO 8601, in UTC. */
  readonly signed_in_at: string;
  readonly identities: readonly IdentityName[];
}

/**
 * Whether somebody has signed in, so that Auth0 may hold a newer IdP token than before. Where nobody was at the IdP there
 * is nothing to tell: refresh token exchanges, silent authentication, and exchanges on behalf of a user.
 */
export function isSignIn({ transaction }: PostLoginEvent): boolean {
  return (
    transaction?.protocol !== 'oauth2-refresh-token' &&
    transaction?.prompt?.includes('none') !== true &&
    transaction?.actor === undefined
  );
}

/** A notice as it is sent. */
export interface SignedNotice {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Signs a notice: HMAC-SHA256 of `<timestamp>.<body>`, by which the relay knows that it comes from this tenant, is
 * unchanged, and how old it is.
 * @param secret the one that the relay has as NOTICE_SECRET
 * @param now milliseconds since the epoch
 * @see https://www.rfc-editor.org/rfc/rfc2104
 */
export function signNotice(notice: SignInNotice, secret: string, now: number): SignedNotice {
  const body = JSON.stringify(notice);
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-idp-relay-timestamp': timestamp,
      'x-idp-relay-signature': `v1=${signature}`,
    },
  };
}
