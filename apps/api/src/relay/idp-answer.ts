import type { Readable } from 'node:stream';
import type { IdpToken, SecretMask } from '@idp-relay/idp-tokens';
import type { FastifyReply } from 'fastify';
import { discard, type IdpResponse } from './response-receiver.ts';
import { checkRedirect } from './redirect.ts';
import { responseHeaders } from './relayed-headers.ts';
import type { UpstreamUrl } from './upstream-url.ts';

/** Which call is answered. */
export interface AnsweredCall {
  readonly call: {
    /** Where the caller reaches the API of the connection, such as `/v1/me/idp/github`. */
    readonly relayPrefix: string;
    /** The identity that the caller chose. */
    readonly idpUserId: string | undefined;
  };
  readonly token: IdpToken;
  readonly upstream: UpstreamUrl;
}

/** What an IdP answered. */
export interface IdpAnswer {
  readonly response: IdpResponse;
  /** What must not come back is written over in it. A short one was read already. */
  readonly body: Readable | Buffer;
  /** Finds what must not come back in the headers. */
  readonly mask: SecretMask;
}

/**
 * Hands the IdP's answer on: its status, body and rate-limit headers as they are. Only the token that was sent does not
 * come back: a header with it is left out, and in the body it is written over.
 * @throws Problem `idp_redirect_refused`
 */
export function answer(
  { response, body, mask }: IdpAnswer,
  answered: AnsweredCall,
  reply: FastifyReply,
): FastifyReply {
  const { call, token, upstream } = answered;
  const { location } = response.headers;
  try {
    if (location !== undefined) {
      void reply.header(
        'location',
        checkRedirect(String(location), {
          url: upstream.url,
          baseUrl: upstream.baseUrl,
          relayPrefix: upstream.baseUrl === token.entry.apiBaseUrls[0] ? call.relayPrefix : undefined,
          idpUserId: call.idpUserId,
          mask,
        }),
      );
    }
  } catch (error) {
    // A redirect is worth nothing without its place; what was created elsewhere was created all the same.
    if (isRedirect(response)) {
      discard(body);
      throw error;
    }
  }
  return reply
    .code(response.status)
    .headers(responseHeaders(response.headers, mask))
    .headers(ownHeaders)
    .send(body);
}

const ownHeaders = { 'relay-source': 'idp', 'content-security-policy': "default-src 'none'; sandbox" };

function isRedirect({ status }: IdpResponse): boolean {
  return status >= 300 && status < 400;
}
