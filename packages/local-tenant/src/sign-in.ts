import { createHash, randomBytes } from 'node:crypto';
import { parse } from 'node-html-parser';
import { CookieJar } from 'tough-cookie';
import { z } from 'zod';

/** Who signs in, to which client, and how. */
export interface SignInOptions {
  /** Origin of the tenant, such as `http://localhost:8480`. */
  readonly origin: string;
  /** A client with that callback. */
  readonly clientId: string;
  /** Of a confidential client. */
  readonly clientSecret?: string;
  readonly redirectUri: string;
  readonly audience?: string;
  /** `openid profile email` when left out. */
  readonly scope?: string;
  /** The account at the sample IdP of `connection`, or a user of the tenant's database. */
  readonly as:
    | { readonly connection: string; readonly login: string }
    | { readonly email: string; readonly password: string };
  readonly connectionScope?: string;
  readonly accessType?: string;
  readonly prompt?: string;
}

/** What the token endpoint answered. */
export const TokenAnswer = z.object({
  access_token: z.string(),
  id_token: z.string().optional(),
  refresh_token: z.string().optional(),
  expires_in: z.number(),
  scope: z.string().optional(),
});
export type TokenAnswer = z.infer<typeof TokenAnswer>;

/** A sign-in that did not come to its end. */
export class SignInError extends Error {
  /** The OAuth error, or `unexpected_page`. */
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'SignInError';
    this.code = code;
  }
}

const longestWay = 12;

/**
 * Signs a sample user in without a browser: authorization code with PKCE, following the redirects and filling in the forms
 * that a person would. For tests, and for whoever needs a token on the command line.
 * @throws SignInError
 */
export async function signIn(options: SignInOptions): Promise<TokenAnswer> {
  const verifier = randomBytes(32).toString('base64url');
  const jar = new CookieJar();
  const state = randomBytes(8).toString('base64url');
  const answer = await walk(authorizeUrl(options, verifier, state), options, jar);
  const error = answer.searchParams.get('error');
  if (error !== null) throw new SignInError(error, answer.searchParams.get('error_description') ?? error);
  if (answer.searchParams.get('state') !== state)
    throw new SignInError('unexpected_page', 'The state came back changed.');
  const response = await fetch(`${options.origin}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: options.clientId,
      ...(options.clientSecret !== undefined && { client_secret: options.clientSecret }),
      code: answer.searchParams.get('code') ?? '',
      redirect_uri: options.redirectUri,
      code_verifier: verifier,
    }),
  });
  const body: unknown = await response.json();
  const tokens = TokenAnswer.safeParse(body);
  if (tokens.success) return tokens.data;
  const refused = z.object({ error: z.string(), error_description: z.string() }).parse(body);
  throw new SignInError(refused.error, refused.error_description);
}

function authorizeUrl(options: SignInOptions, verifier: string, state: string): URL {
  const url = new URL(`${options.origin}/authorize`);
  const parameters = {
    response_type: 'code',
    client_id: options.clientId,
    redirect_uri: options.redirectUri,
    scope: options.scope ?? 'openid profile email',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    audience: options.audience,
    connection: 'connection' in options.as ? options.as.connection : undefined,
    connection_scope: options.connectionScope,
    access_type: options.accessType,
    prompt: options.prompt,
  };
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.set(name, value);
  return url;
}

/**
 * Follows a ready-made link to `/authorize` as a person would, and gives the callback's URL.
 * @throws SignInError
 */
export function followSignInLink(link: string, as: SignInOptions['as']): Promise<URL> {
  const url = new URL(link);
  return walk(url, { as, redirectUri: url.searchParams.get('redirect_uri') ?? '' }, new CookieJar());
}

/** From page to page until the client's callback, whose URL is the answer. */
async function walk(
  start: URL,
  options: Pick<SignInOptions, 'as' | 'redirectUri'>,
  jar: CookieJar,
): Promise<URL> {
  let url = start;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < longestWay; step += 1) {
    if (`${url.origin}${url.pathname}` === options.redirectUri) return url;
    const response = await fetch(url, {
      method: form === undefined ? 'GET' : 'POST',
      ...(form && { body: form }),
      headers: { cookie: await jar.getCookieString(url.href) },
      redirect: 'manual',
    });
    for (const cookie of response.headers.getSetCookie()) await jar.setCookie(cookie, url.href);
    const location = response.headers.get('location');
    if (location === null) {
      const page = await response.text();
      if (!response.ok) throw new SignInError('unexpected_page', textOf(page));
      ({ url, form } = fillIn(page, url, options));
    } else {
      url = new URL(location, url);
      form = undefined;
    }
  }
  throw new SignInError('unexpected_page', 'The sign-in did not come to an end.');
}

/** Fills in the page's form: at an IdP the account's button, at the tenant e-mail and password. */
function fillIn(
  page: string,
  url: URL,
  { as }: Pick<SignInOptions, 'as'>,
): { url: URL; form: URLSearchParams } {
  const element = parse(page).querySelector('form');
  const transaction = element?.querySelector('input[name=transaction]')?.getAttribute('value');
  if (element === null || transaction === undefined) throw new SignInError('unexpected_page', textOf(page));
  const fields =
    'connection' in as
      ? { account: as.login, login: as.login, decision: 'allow' }
      : { username: as.email, password: as.password };
  return {
    url: new URL(element.getAttribute('action') ?? url.href, url),
    form: new URLSearchParams({ transaction, ...fields }),
  };
}

function textOf(page: string): string {
  return parse(page).querySelector('main')?.textContent.replace(/\s+/g, ' ').trim() ?? 'an empty page';
}
