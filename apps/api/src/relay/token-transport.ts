import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { IdpToken } from '@idp-relay/idp-tokens';
import { Problem } from '../problems/problem.ts';

/** A call that is ready to be sent: the only place where an IdP token is in clear. */
export interface AddressedCall {
  readonly url: URL;
  readonly headers: Record<string, string>;
  /** Only where the token is a field of a form: then the form is the body. */
  readonly body?: string;
}

/**
 * Puts the IdP token where this IdP wants it.
 * @param form the form that a token may be a field of; calls that are passed on have none
 * @throws Problem `connection_not_relayable` for ways of sending that the relay does not speak
 * @see https://datatracker.ietf.org/doc/html/rfc6750#section-2
 */
export function addToken(
  url: URL,
  headers: Record<string, string>,
  token: IdpToken,
  form?: Readonly<Record<string, string>>,
): AddressedCall {
  const transport = token.entry.tokenTransport;
  switch (transport.in) {
    case 'authorization':
      return {
        url,
        headers: { ...headers, authorization: `${transport.scheme} ${token.accessToken.reveal()}` },
      };
    case 'header':
      return { url, headers: { ...headers, [transport.name.toLowerCase()]: token.accessToken.reveal() } };
    case 'query': {
      const withToken = new URL(url);
      withToken.search = replaceParameter(url.search, transport.parameter, token.accessToken.reveal());
      return { url: withToken, headers };
    }
    case 'form':
      // Calls stream their bodies, and nothing can be added to those; probes bring their form along.
      if (form === undefined) throw notSpoken(token);
      return {
        url,
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...form, [transport.parameter]: token.accessToken.reveal() }).toString(),
      };
    default:
      throw notSpoken(token);
  }
}

function notSpoken({ entry }: IdpToken): Problem {
  return new Problem(
    'connection_not_relayable',
    `${entry.displayName} takes its token in a way that the relay does not speak (${entry.tokenTransport.in}).`,
  );
}

/** The header that carries this IdP's token, where it is not `authorization`. */
export function tokenHeader(entry: CatalogueEntry): string | undefined {
  const transport = entry.tokenTransport;
  return transport.in === 'header' ? transport.name : undefined;
}

/** Takes the parameter's own copies out and leaves every other letter of the query as it was. */
function replaceParameter(search: string, name: string, value: string): string {
  const others = search
    .replace(/^\?/, '')
    .split('&')
    .filter((parameter) => parameter !== '' && parameter.split('=', 1)[0] !== name);
  return [...others, `${name}=${encodeURIComponent(value)}`].join('&');
}
