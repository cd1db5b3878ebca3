import { createHmac } from 'node:crypto';
import type { IdpClientCredentials, Secret } from '@idp-relay/idp-tokens';
import OAuth from 'oauth-1.0a';
import { Problem } from '../problems/problem.ts';

/** What is signed, and with what. */
export interface SignedCall {
  readonly url: URL;
  readonly method: string;
  /** `content-type` among them, where there is a body. */
  readonly headers: Readonly<Record<string, string>>;
  readonly accessToken: Secret;
  readonly accessTokenSecret: Secret;
  /** The tenant's client at the IdP; in OAuth 1.0a's words the consumer. */
  readonly client: IdpClientCredentials;
}

/**
 * The `authorization` header of a call that is signed with HMAC-SHA1.
 * @throws Problem `request_invalid` for form bodies: their fields are part of the signature, and bodies stream through unread
 * @see https://datatracker.ietf.org/doc/html/rfc5849#section-3.4
 */
export function signOauth1({
  url,
  method,
  headers,
  accessToken,
  accessTokenSecret,
  client,
}: SignedCall): string {
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true) {
    throw new Problem(
      'request_invalid',
      'Calls of this connection are signed (OAuth 1.0a), and the fields of a form would be part of the signature. Send them in the query, or as JSON.',
    );
  }
  const signer = new OAuth({
    consumer: { key: client.clientId, secret: client.clientSecret?.reveal() ?? '' },
    signature_method: 'HMAC-SHA1',
    hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
  });
  const token = { key: accessToken.reveal(), secret: accessTokenSecret.reveal() };
  return signer.toHeader(signer.authorize({ url: url.href, method }, token)).Authorization;
}
