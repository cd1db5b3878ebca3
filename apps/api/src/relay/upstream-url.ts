import { Problem } from '../problems/problem.ts';

/** A URL that surely lies below one of a connection's base URLs. */
export interface UpstreamUrl {
  readonly url: URL;
  /** The base URL it lies below. */
  readonly baseUrl: string;
}

/** What the caller asked for, as it stood in the request line. */
export interface UpstreamRequest {
  /** Everything after `/idp/:connection`, not decoded, without the query: `/user/repos`. */
  readonly rawPath: string;
  /** Everything after the first `?`, not decoded, or an empty text. */
  readonly rawQuery: string;
  /** Base URLs of the connection, the default one first. */
  readonly baseUrls: readonly string[];
  /** The base URL that the caller chose, if any. */
  readonly chosenBaseUrl: string | undefined;
  /** Query parameter by which the IdP's API takes a request for one of another method, where it does. */
  readonly methodParameter: string | undefined;
}

/** Query parameters that speak to the relay and go no further. */
const ownParameters = new Set(['identity']);

/** Where APIs look for a token in a query (RFC 6750 section 2.3; OAuth 1.0a's, RFC 5849 section 3.5.3). */
const tokenParameters = new Set(['access_token', 'oauth_token']);

/** Where frameworks look for another method than the request's own: Rails and Laravel, OData and Google's older APIs. */
const methodParameters = new Set(['_method', '$httpmethod']);

/** Each way in which a path can say one thing to the relay and another to the IdP. */
const refusals: readonly (readonly [reason: string, isRefused: (path: string) => boolean])[] = [
  ['it must begin with a single slash', (path) => !path.startsWith('/')],
  ['it has a backslash', (path) => path.includes('\\') || /%5c/i.test(path)],
  ['it has an encoded slash', (path) => /%2f/i.test(path)],
  ['it has an encoded dot', (path) => /%2e/i.test(path)],
  ['it is encoded twice', (path) => path.includes('%25')],
  ['it has an encoded control character', (path) => /%(?:[01][0-9a-f]|7f|c2%[89][0-9a-f])/i.test(path)],
  ['it has an encoded question mark', (path) => /%3f/i.test(path)],
  ['it has a broken percent-encoding', (path) => /%(?![0-9a-f]{2})/i.test(path)],
  ['it has a dot segment', (path) => path.split('/').some(isDotSegment)],
  ['it has a letter that can be taken for a dot or a slash', (path) => hasLookAlikes(path)],
  ['it has an empty segment', (path) => path.includes('//')],
  // After a host `@` ends the userinfo; further down it is an ordinary letter that some APIs use (`/users/@me`).
  [
    'its first segment has an @',
    (path) => (path.split('/')[1] ?? '').includes('@') || /^\/[^/]*%40/i.test(path),
  ],
  ['its first segment has a colon', (path) => /^\/[^/]*(?::|%3a)/i.test(path)],
  ['it has a character that does not belong into a URL', (path) => !/^[\w\-.~!$&'()*+,;=:@%/]*$/.test(path)],
];

/** Most paths are of plain segments, and there is but one way to read those: none of the refusals is for them. */
const plainPath = /^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9_.~-]+)*\/?$/;

/** Some servers cut parameters (`..;a=b`) and blanks off a segment before they resolve it. */
function isDotSegment(segment: string): boolean {
  const [name = ''] = segment.split(';', 1);
  return /^(?:%20|\+)*\.{1,2}(?:%20|\+)*$/.test(name);
}

/** Full-width forms and alike, which become real dots and slashes where a server normalises them (Unicode NFKC). */
function hasLookAlikes(path: string): boolean {
  let text: string;
  try {
    text = decodeURIComponent(path);
  } catch {
    // Another rule names what cannot be decoded; bytes that are no UTF-8 are told apart by nobody.
    return true;
  }
  const marks = (written: string): number => written.replace(/[^./\\]/g, '').length;
  return marks(text.normalize('NFKC')) !== marks(text);
}

/**
 * Refuses a path that could be read in two ways.
 * @throws Problem `upstream_path_refused`
 */
export function checkPath(rawPath: string): void {
  if (rawPath !== '' && plainPath.test(rawPath)) return;
  for (const [reason, isRefused] of refusals) {
    if (isRefused(rawPath)) throw new Problem('upstream_path_refused', `The path was refused: ${reason}.`);
  }
}

/**
 * Builds the one URL that is called, and makes sure that it is what the caller wrote and what the policy will read:
 * nothing is decoded, normalised or resolved on the way, and whatever would need it is refused.
 * @throws Problem `upstream_path_refused` or `base_url_unknown`, before anything is sent
 * @see https://datatracker.ietf.org/doc/html/rfc3986#section-3.3
 */
export function buildUpstreamUrl(request: UpstreamRequest): UpstreamUrl {
  const { rawPath } = request;
  checkPath(rawPath);
  const baseUrl = chooseBaseUrl(request);
  const { origin, path: basePath } = baseOf(baseUrl);
  const query = readQuery(request);
  const url = new URL(`${origin}${basePath}${rawPath}${query === '' ? '' : `?${query}`}`);
  // What the URL parser made of it must be what was asked for, letter by letter.
  const same =
    url.origin === origin &&
    url.pathname === `${basePath}${rawPath}` &&
    url.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    url.hash === '';
  if (!same) throw new Problem('upstream_path_refused', 'The path was refused: it can be read in two ways.');
  return { url, baseUrl };
}

function chooseBaseUrl({ baseUrls, chosenBaseUrl }: UpstreamRequest): string {
  const found = chosenBaseUrl === undefined ? baseUrls[0] : baseUrls.find((known) => known === chosenBaseUrl);
  if (found === undefined) {
    throw new Problem(
      'base_url_unknown',
      'The header relay-base-url names none of the base URLs of this connection.',
      {
        members: { base_urls: baseUrls },
      },
    );
  }
  return found;
}

interface Base {
  readonly origin: string;
  /** Without a slash at its end. */
  readonly path: string;
}

/** There are as many as the catalogue and the operators' file name. */
const bases = new Map<string, Base>();

function baseOf(baseUrl: string): Base {
  const known = bases.get(baseUrl);
  if (known !== undefined) return known;
  const { origin, pathname } = new URL(baseUrl);
  const base = { origin, path: pathname === '/' ? '' : pathname };
  bases.set(baseUrl, base);
  return base;
}

/** The query that goes on. */
function readQuery({ rawQuery, methodParameter }: UpstreamRequest): string {
  if (rawQuery === '') return '';
  for (const name of new URLSearchParams(rawQuery).keys()) {
    const reason = refusalOf(nameAsRead(name), methodParameter);
    if (reason !== undefined)
      throw new Problem('upstream_path_refused', `The query was refused: leave ${name} out, ${reason}.`);
  }
  return keptQuery(rawQuery);
}

/**
 * The token is the relay's to send: another one in the query would speak for somebody else, or be taken for the user's. And what
 * the policy was asked about is the method of the request.
 */
function refusalOf(name: string, methodParameter: string | undefined): string | undefined {
  if (tokenParameters.has(name)) return 'the relay adds the token';
  return methodParameters.has(name) || name === methodParameter?.toLowerCase()
    ? 'the method is that of the request'
    : undefined;
}

/** As the most forgiving of servers reads a parameter's name: PHP drops blanks before it, ends it early, and has no dots in it. */
function nameAsRead(name: string): string {
  const [read = ''] = name.trimStart().split(/[\0[]/, 1);
  return read.replace(/[ .]/g, '_').toLowerCase();
}

/** The query as it was, less the relay's own parameters. */
function keptQuery(rawQuery: string): string {
  return rawQuery
    .split('&')
    .filter((parameter) => {
      const [name = ''] = parameter.split('=', 1);
      return !ownParameters.has(name);
    })
    .join('&')
    .replaceAll('#', '%23');
}
