import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import { basicAuthorization, type IdpClientCredentials, type IdpToken } from '@idp-relay/idp-tokens';
import type { IdpRequest } from '../relay/idp-client.ts';
import { addToken, type AddressedCall } from '../relay/token-transport.ts';

type Revocation = NonNullable<CatalogueEntry['revocation']>;

/** A request that is ready but for the signal that ends it. */
type RevocationRequest = Omit<IdpRequest, 'signal'>;

/**
 * The requests that revoke a token at its IdP, in order (RFC 7009 where the IdP follows it): the access token's, then the
 * refresh token's, where one is held and the IdP's call takes any kind of token. None where none can be made: the IdP has no
 * such call, its address holds what is not known here, or it takes a client that is not configured.
 * @see https://datatracker.ietf.org/doc/html/rfc7009#section-2.1
 */
export function revocationRequests(
  token: IdpToken,
  client: IdpClientCredentials | undefined,
): readonly RevocationRequest[] {
  const { revocation } = token.entry;
  const { refreshToken } = token.identity;
  if (revocation === undefined) return [];
  const first = revocationRequest(revocation, token, client);
  if (first === undefined) return [];
  const second =
    refreshToken !== undefined && takesAnyToken(revocation)
      ? revocationRequest(ofRefreshToken(revocation), { ...token, accessToken: refreshToken }, client)
      : undefined;
  return second === undefined ? [first] : [first, second];
}

/** RFC 7009's form has the one parameter `token` for both kinds. */
function takesAnyToken({ body }: Revocation): boolean {
  return body?.form?.token === '{access_token}';
}

/** The same call for a refresh token; a hint at the kind of token says so. */
function ofRefreshToken(revocation: Revocation): Revocation {
  const form = revocation.body?.form ?? {};
  const hint = form.token_type_hint === undefined ? {} : { token_type_hint: 'refresh_token' };
  return { ...revocation, body: { form: { ...form, ...hint } } };
}

function revocationRequest(
  revocation: Revocation,
  token: IdpToken,
  client: IdpClientCredentials | undefined,
): RevocationRequest | undefined {
  if (needsClient(revocation) && client === undefined) return undefined;
  const url = URL.parse(fillIn(revocation.url, token, client));
  if (url === null || /%7B|\{/i.test(url.href)) return undefined;
  const headers: Record<string, string> = { 'user-agent': 'idp-relay', accept: 'application/json' };
  const addressed = withCredentials(revocation, { url, headers }, token, client);
  return { body: null, ...withBody(revocation, addressed, token, client), method: revocation.method };
}

function needsClient({ credentials, url, body }: Revocation): boolean {
  const isNamed = /\{client_(?:id|secret)\}/.test(`${url}${JSON.stringify(body ?? {})}`);
  return isNamed || !['none', 'userToken'].includes(credentials);
}

function withCredentials(
  { credentials, method }: Revocation,
  call: AddressedCall,
  token: IdpToken,
  client: IdpClientCredentials | undefined,
): AddressedCall {
  if (credentials === 'userToken')
    return addToken(call.url, call.headers, token, { method, client, form: {} });
  if (credentials !== 'clientBasic' || client === undefined) return call;
  return { ...call, headers: { ...call.headers, authorization: basicAuthorization(client) } };
}

function withBody(
  { body }: Revocation,
  call: AddressedCall,
  token: IdpToken,
  client: IdpClientCredentials | undefined,
): AddressedCall {
  if (body?.form !== undefined) {
    const fields = new URLSearchParams(body.form);
    for (const [name, value] of Object.entries(body.form)) fields.set(name, fillIn(value, token, client));
    return {
      ...call,
      headers: { ...call.headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: fields.toString(),
    };
  }
  if (body?.json === undefined) return call;
  const fields = Object.entries(body.json).map(([name, value]) => [
    name,
    typeof value === 'string' ? fillIn(value, token, client) : value,
  ]);
  return {
    ...call,
    headers: { ...call.headers, 'content-type': 'application/json' },
    body: JSON.stringify(Object.fromEntries(fields)),
  };
}

function fillIn(template: string, token: IdpToken, client: IdpClientCredentials | undefined): string {
  return template
    .replaceAll('{access_token}', () => token.accessToken.reveal())
    .replaceAll('{client_id}', () => client?.clientId ?? '')
    .replaceAll('{client_secret}', () => client?.clientSecret?.reveal() ?? '');
}
