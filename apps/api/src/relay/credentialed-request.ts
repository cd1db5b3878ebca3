import type { CredentialedCall } from '@idp-relay/idp-catalogue';
import { basicAuthorization, Secret, type IdpClientCredentials, type IdpToken } from '@idp-relay/idp-tokens';
import type { IdpRequest } from './idp-client.ts';
import { addToken, type AddressedCall } from './token-transport.ts';

/** A request that is ready but for the signal that ends it. */
export type CredentialedRequest = Omit<IdpRequest, 'signal'>;

/** A request about a token; or what is lacking for it: the client, its secret, the refresh token, or part of the address. */
export type BuiltRequest =
  | { readonly isReady: true; readonly request: CredentialedRequest }
  | {
      readonly isReady: false;
      readonly lacks: 'client' | 'client_secret' | 'refresh_token' | 'address';
    };

/**
 * Builds a call about a token with the credentials that the catalogue says: of the tenant's client at the IdP, or of the
 * user. The token is written where `{access_token}` stands.
 * @throws Problem `connection_not_relayable` where the IdP takes tokens in a way that the relay does not speak
 */
export function credentialedRequest(
  call: CredentialedCall,
  token: IdpToken,
  client: IdpClientCredentials | undefined,
): BuiltRequest {
  const template = call.url ?? pathTemplate(call, token);
  const form = formOf(call);
  const fields = { ...form, ...call.body?.json };
  const needed = placeholders(template, fields);
  const lacks = lacking(call, needed, token, client);
  if (lacks !== undefined) return { isReady: false, lacks };
  const fill = filler(token, client);
  const url = URL.parse(fill(template, encodeURIComponent));
  if (url === null) return { isReady: false, lacks: 'address' };
  const filledForm =
    form && Object.fromEntries(Object.entries(form).map(([name, text]) => [name, fill(text)]));
  const addressed = withCredentials(call, url, token, client, filledForm);
  const request = { body: null, ...addressed, method: call.method };
  if (addressed.body !== undefined) return { isReady: true, request };
  const [type, body] = filledForm
    ? ['application/x-www-form-urlencoded', new URLSearchParams(filledForm).toString()]
    : ['application/json', call.body?.json && JSON.stringify(fillAll(call.body.json, fill))];
  if (body === undefined) return { isReady: true, request };
  return {
    isReady: true,
    request: { ...request, headers: { ...addressed.headers, 'content-type': type }, body },
  };
}

/** Like a probe's, a path goes after the connection's first base URL. */
function pathTemplate({ path }: CredentialedCall, { entry }: IdpToken): string {
  const [baseUrl] = entry.apiBaseUrls;
  return path === undefined || baseUrl === undefined ? '' : `${baseUrl}${path}`;
}

/** The form, with the client's own fields where it authenticates by them (RFC 6749 section 2.3.1) and they are not named. */
function formOf({
  method,
  url = '',
  credentials,
  body,
}: CredentialedCall): Readonly<Record<string, string>> | undefined {
  if (method !== 'POST' || body?.json !== undefined) return body?.form;
  const named = placeholders(url, body?.form ?? {});
  const own = {
    ...(['clientPost', 'clientId'].includes(credentials) &&
      !named.has('client_id') && { client_id: '{client_id}' }),
    ...(credentials === 'clientPost' && !named.has('client_secret') && { client_secret: '{client_secret}' }),
  };
  return body?.form === undefined && Object.keys(own).length === 0 ? undefined : { ...own, ...body?.form };
}

/** Names in braces. JSON's own braces have a quotation mark, or nothing, behind them. */
function placeholders(template: string, fields: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const texts = `${template}${JSON.stringify(fields)}`;
  return new Set([...texts.matchAll(/\{([A-Za-z_]+)\}/g)].map(([, name = '']) => name));
}

function lacking(
  { credentials, url, path }: CredentialedCall,
  needed: ReadonlySet<string>,
  { entry, identity }: IdpToken,
  client: IdpClientCredentials | undefined,
): 'client' | 'client_secret' | 'refresh_token' | 'address' | undefined {
  if (url === undefined && (path === undefined || entry.apiBaseUrls.length === 0)) return 'address';
  if ([...needed].some((name) => !fillable.has(name))) return 'address';
  const needsSecret = needed.has('client_secret') || credentials === 'appAccessToken';
  const needsClient = needsSecret || needed.has('client_id') || !['none', 'userToken'].includes(credentials);
  if (needsClient && client === undefined) return 'client';
  if (needsSecret && client?.clientSecret === undefined) return 'client_secret';
  return needed.has('refresh_token') && identity.refreshToken === undefined ? 'refresh_token' : undefined;
}

const fillable: ReadonlySet<string> = new Set([
  'access_token',
  'refresh_token',
  'client_id',
  'client_secret',
]);

type Fill = (template: string, encode?: (value: string) => string) => string;

function filler(token: IdpToken, client: IdpClientCredentials | undefined): Fill {
  const values: Readonly<Record<string, string | undefined>> = {
    access_token: token.accessToken.reveal(),
    refresh_token: token.identity.refreshToken?.reveal(),
    client_id: client?.clientId,
    client_secret: client?.clientSecret?.reveal(),
  };
  return (template, encode = (value) => value) =>
    template.replaceAll(/\{([A-Za-z_]+)\}/g, (_match, name: string) => encode(values[name] ?? ''));
}

function fillAll(value: unknown, fill: Fill): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((item) => fillAll(item, fill));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fillAll(inner, fill)]));
}

function withCredentials(
  { credentials, method }: CredentialedCall,
  url: URL,
  token: IdpToken,
  client: IdpClientCredentials | undefined,
  form: Readonly<Record<string, string>> = {},
): AddressedCall {
  const headers: Record<string, string> = {
    'user-agent': 'idp-relay',
    accept: 'application/json',
    'accept-encoding': 'identity',
  };
  if (credentials === 'userToken') return addToken(url, headers, token, { method, client, form });
  if (client === undefined) return { url, headers };
  if (credentials === 'clientBasic')
    return { url, headers: { ...headers, authorization: basicAuthorization(client) } };
  if (credentials !== 'appAccessToken') return { url, headers };
  const accessToken = new Secret(`${client.clientId}|${client.clientSecret?.reveal() ?? ''}`);
  return addToken(url, headers, { ...token, accessToken }, { method, client, form });
}
