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

/** A signed call: the address as it was signed, and the header. */
export interface Oauth1Signed {
  readonly url: URL;
  readonly authorization: string;
}

/**
 * Signs a call with HMAC-SHA1. The query is written anew from its decoded pairs, so that what is sent is what was signed.
 * @throws Problem `request_invalid` for form bodies, whose fields are part of the signature while bodies stream through unread,
 *   and for queries that cannot be decoded
 * @see https://datatracker.ietf.org/doc/html/rfc5849#section-3.4
 */
export function signOauth1({ url, method, headers, ...tokens }: SignedCall): Oauth1Signed {
  if (/^application\/x-www-form-urlencoded/i.test(headers['content-type'] ?? '')) {
    throw new Problem(
      'request_invalid',
      'Calls of this connection are signed (OAuth 1.0a), and the fields of a form would be part of the signature. Send them in the query, or as JSON.',
    );
  }
  const pairs = decodeQuery(url);
  const data: Record<string, string[]> = {};
  for (const [name, value] of pairs) (data[name] ??= []).push(value);
  const bare = new URL(url);
  bare.search = '';
  const { client, accessToken, accessTokenSecret } = tokens;
  const signer = new OAuth({
    consumer: { key: client.clientId, secret: client.clientSecret?.reveal() ?? '' },
    signature_method: 'HMAC-SHA1',
    hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
  });
  const token = { key: accessToken.reveal(), secret: accessTokenSecret.reveal() };
  const authorized = signer.authorize({ url: bare.href, method, data }, token);
  bare.search = pairs.map((pair) => pair.map((part) => signer.percentEncode(part)).join('=')).join('&');
  return { url: bare, authorization: signer.toHeader(authorized).Authorization };
}

function decodeQuery(url: URL): [string, string][] {
  try {
    // The parser of searches puts a replacement character where this one throws.
    decodeURIComponent(url.search);
  } catch {
    throw new Problem('request_invalid', 'The query has a broken percent-encoding, and cannot be signed.');
  }
  return [...url.searchParams];
}
