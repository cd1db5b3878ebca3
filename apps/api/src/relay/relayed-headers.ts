import type { IncomingHttpHeaders } from 'node:http';

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

/**
 * The caller's headers that go on to the IdP.
 * @param ownHeader name of the header that carries the IdP token here, if not `authorization`: the caller's is dropped
 */
export function requestHeaders(headers: IncomingHttpHeaders, ownHeader?: string): Record<string, string> {
  const dropped = namedByConnection(headers.connection);
  const sent: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || hopByHop.has(name) || dropped.has(name)) continue;
    if (neverSent.has(name) || hasPrefix(name, neverSentPrefixes) || name === ownHeader?.toLowerCase())
      continue;
    sent[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return sent;
}

/** The IdP's headers that go back to the caller. `location` is left out: it is judged and set apart. */
export function responseHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string | string[]> {
  const dropped = namedByConnection(headers.connection);
  const returned: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || hopByHop.has(name) || dropped.has(name)) continue;
    const renamed = renamedOnReturn.get(name);
    if (renamed !== undefined) returned[renamed] = value;
    else if (
      !neverReturned.has(name) &&
      !hasPrefix(name, neverReturnedPrefixes) &&
      !name.endsWith(neverReturnedSuffix)
    ) {
      returned[name] = value;
    }
  }
  return returned;
}

/** `Connection: close, x-thing` makes `x-thing` hop-by-hop too. */
function namedByConnection(connection: string | string[] | undefined): ReadonlySet<string> {
  if (connection === undefined) return new Set();
  return new Set(
    String(connection)
      .split(',')
      .map((name) => name.trim().toLowerCase()),
  );
}

function hasPrefix(name: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => name.startsWith(prefix));
}
