import { createHmac } from 'node:crypto';
import type { CatalogueEntry, TokenTransport } from '@idp-relay/idp-catalogue';
import { Secret, type IdpClientCredentials, type IdpToken } from '@idp-relay/idp-tokens';
import { Problem } from '../problems/problem.ts';
import { signOauth1 } from './oauth1-signature.ts';

/** A call that is ready to be sent: the only place where an IdP token is in clear. */
export interface AddressedCall {
  readonly url: URL;
  readonly headers: Record<string, string>;
  /** What the relay put into it and must not come back: of the token itself, anything that was made from it. */
  readonly proof?: Secret;
  /** Only where the token is a field of a form: then the form is the body. */
  readonly body?: string;
}

/** What belongs to a call besides its address and headers. */
export interface CallDetails {
  readonly method: string;
  /** The tenant's client at the IdP, for IdPs that want more than the token. */
  readonly client: IdpClientCredentials | undefined;
  /** The form that a token may be a field of; calls that are passed on have none. */
  readonly form?: Readonly<Record<string, string>>;
}

/**
 * Puts the IdP token where this IdP wants it, with what proves that its sender may use it.
 * @throws Problem `connection_not_relayable` for ways of sending that the relay does not speak, or has no client for
 * @see https://datatracker.ietf.org/doc/html/rfc6750#section-2
 */
export function addToken(
  url: URL,
  headers: Record<string, string>,
  token: IdpToken,
  details: CallDetails,
): AddressedCall {
  const { method, client, form } = details;
  const transport = transportOf(token);
  switch (transport.in) {
    case 'authorization': {
      const authorization = `${transport.scheme} ${token.accessToken.reveal()}`;
      return withProof({ url, headers: { ...headers, authorization } }, token, client);
    }
    case 'header':
      return { url, headers: { ...headers, [transport.name.toLowerCase()]: token.accessToken.reveal() } };
    case 'query': {
      const withToken = withParameter(url, transport.parameter, token.accessToken.reveal());
      return withProof({ url: withToken, headers }, token, client);
    }
    case 'form':
      // Calls stream their bodies, and nothing can be added to those; probes bring their form along.
      if (form === undefined) throw notSpoken(token);
      return {
        url,
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...form, [transport.parameter]: token.accessToken.reveal() }).toString(),
      };
    case 'oauth1': {
      const { accessTokenSecret } = token.identity;
      if (accessTokenSecret === undefined || client === undefined) throw notSpoken(token);
      const { accessToken } = token;
      const signed = signOauth1({ url, method, headers, accessToken, accessTokenSecret, client });
      return { url: signed.url, headers: { ...headers, authorization: signed.authorization } };
    }
    default:
      throw notSpoken(token);
  }
}

/** Where Auth0 stores a token secret, the token is one of OAuth 1.0a, and is sent so. */
function transportOf({ entry, identity }: IdpToken): TokenTransport {
  if (identity.accessTokenSecret === undefined) return entry.tokenTransport;
  const variant = entry.tokenTransportVariants?.find(({ when }) => when === 'access_token_secret_stored');
  return variant?.tokenTransport ?? entry.tokenTransport;
}

/** Facebook lets an app demand a proof that its caller knows the app's secret. It does no harm where it is not demanded. */
function withProof(
  call: AddressedCall,
  { entry, accessToken }: IdpToken,
  client: IdpClientCredentials | undefined,
): AddressedCall {
  const { appSecretProof } = entry;
  if (appSecretProof === undefined || client?.clientSecret === undefined) return call;
  const proof = createHmac('sha256', client.clientSecret.reveal()).update(accessToken.reveal()).digest('hex');
  return { ...call, url: withParameter(call.url, appSecretProof.parameter, proof), proof: new Secret(proof) };
}

function withParameter(url: URL, name: string, value: string): URL {
  const changed = new URL(url);
  changed.search = replaceParameter(url.search, name, value);
  return changed;
}

function notSpoken({ entry }: IdpToken): Problem {
  return new Problem(
    'connection_not_relayable',
    `${entry.displayName} takes its token in a way that the relay does not speak, or that needs the connection's client ` +
      `(${entry.tokenTransport.in}). An operator can configure that client.`,
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
