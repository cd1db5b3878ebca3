import type { IncomingHttpHeaders } from 'node:http';
import type { SecretMask } from '@idp-relay/idp-tokens';

/**
 * Headers that belong to one connection between two machines and are never passed on.
 * @see https://datatracker.ietf.org/doc/html/rfc9110#section-7.6.1
 */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

/** Caller's headers that would speak of the caller, or in its name, to the IdP. */
const neverSent = new Set([
  'authorization',
  'cookie',
  'cookie2',
  'host',
  'forwarded',
  'via',
  'origin',
  'referer',
  'expect',
  'content-length',
  'x-real-ip',
  'x-client-ip',
  'client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'fastly-client-ip',
  'x-cluster-client-ip',
  'proxy',
  'x-host',
  'x-http-host-override',
  'private-token',
  'x-access-token',
  'x-api-key',
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
  // In another character set the token would not be found in the answer.
  'accept-charset',
  'access-control-request-method',
  'access-control-request-headers',
]);
const neverSentPrefixes = [
  'x-forwarded',
  'x_forwarded',
  'sec-',
  'proxy-',
  'relay-',
  'x-auth-',
  'x-original-',
  'x-rewrite-',
];

/** IdP's headers that would act on the caller's browser or caches in the relay's name. */
const neverReturned = new Set([
  'set-cookie',
  'set-cookie2',
  'cache-control',
  'expires',
  'pragma',
  'age',
  'vary',
  'clear-site-data',
  'strict-transport-security',
  'public-key-pins',
  'content-security-policy',
  'content-security-policy-report-only',
  'report-to',
  'reporting-endpoints',
  'nel',
  'alt-svc',
  'refresh',
  'location',
  'content-location',
  'service-worker-allowed',
  'authentication-info',
  'server',
  'via',
  'www-authenticate',
  'cross-origin-resource-policy',
  'cross-origin-opener-policy',
  'cross-origin-embedder-policy',
  'timing-allow-origin',
  'x-frame-options',
  'x-content-type-options',
  'referrer-policy',
  'permissions-policy',
  'sourcemap',
  'x-sourcemap',
  'surrogate-control',
  'surrogate-key',
  'warning',
  // Reverse proxies obey these: they would serve files of their own in the answer's place.
  'x-sendfile',
  'x-lighttpd-send-file',
  // The relay's own.
  'request-id',
]);
const neverReturnedPrefixes = ['access-control-', 'proxy-', 'relay-', 'sec-', 'x-accel-'];
const neverReturnedSuffix = 'cdn-cache-control';

/** Which of an IdP's headers about the token's fate the caller still gets, under a name of the relay's own. */
const renamedOnReturn = new Map([['www-authenticate', 'relay-idp-www-authenticate']]);

/** Whether a header of the caller's goes on to the IdP. */
const isSent = remembering(
  (name: string): boolean =>
    !hopByHop.has(name) &&
    !neverSent.has(name) &&
    !neverSentPrefixes.some((prefix) => name.startsWith(prefix)),
);

/** The name under which a header of the IdP's goes back to the caller; undefined where it does not. */
const returnedName = remembering((name: string): string | undefined => {
  if (hopByHop.has(name)) return undefined;
  const isKept =
    !neverReturned.has(name) &&
    !neverReturnedPrefixes.some((prefix) => name.startsWith(prefix)) &&
    !name.endsWith(neverReturnedSuffix);
  return renamedOnReturn.get(name) ?? (isKept ? name : undefined);
});

/**
 * The caller's headers that go on to the IdP.
 * @param sent what is sent where the caller sends nothing else; it is added to, and given back
 * @param ownHeader name of the header that carries the IdP token here, if not `authorization`: the caller's is dropped
 */
export function requestHeaders(
  headers: IncomingHttpHeaders,
  sent: Record<string, string>,
  ownHeader?: string,
): Record<string, string> {
  const dropped = namedByConnection(headers.connection);
  const own = ownHeader?.toLowerCase();
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || !isSent(name) || name === own || dropped.has(name)) continue;
    sent[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return sent;
}

/**
 * The IdP's headers that go back to the caller. `location` is left out: it is judged and set apart.
 * @param mask a header that holds what it hides is left out too
 */
export function responseHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  mask: SecretMask,
): Record<string, string | string[]> {
  const dropped = namedByConnection(headers.connection);
  const returned: Record<string, string | string[]> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || dropped.has(name)) continue;
    const returnedAs = returnedName(name);
    if (returnedAs !== undefined && !mask.occursIn(String(value))) returned[returnedAs] = value;
  }
  return returned;
}

const none: ReadonlySet<string> = new Set();

/** `Connection: close, x-thing` makes `x-thing` hop-by-hop too. */
function namedByConnection(connection: string | string[] | undefined): ReadonlySet<string> {
  // What nearly all say names nothing else.
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') return none;
  return new Set(
    String(connection)
      .split(',')
      .map((name) => name.trim().toLowerCase()),
  );
}

/** The same few names come again and again. Anybody can make new ones, so no more than this are remembered. */
const mostNames = 500;

function remembering<Value>(decide: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found.value;
    const value = decide(name);
    if (known.size < mostNames) known.set(name, { value });
    return value;
  };
}
