import type { Secret } from './secret.ts';

/** The tenant's own client at one IdP: the one that its connection is set up with. */
export interface IdpClientCredentials {
  readonly clientId: string;
  /** Left out for public clients. */
  readonly clientSecret?: Secret;
}

/**
 * The `authorization` header of a client that authenticates by HTTP Basic. Client id and secret are form-encoded before
 * they are joined.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-2.3.1
 */
export function basicAuthorization({ clientId, clientSecret }: IdpClientCredentials): string {
  const pair = [clientId, clientSecret?.reveal() ?? ''].map(encodeURIComponent).join(':');
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}
