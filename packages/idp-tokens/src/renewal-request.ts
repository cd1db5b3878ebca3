import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import { basicAuthorization, type IdpClientCredentials } from './idp-client-credentials.ts';
import { LifetimeSeconds } from './lifetime-seconds.ts';
import { retryAfterMs } from './retry-after.ts';
import { Secret } from './secret.ts';
import type { TokenSet } from './token-sets.ts';

/** One use of a refresh token. */
export interface RenewalRequest {
  readonly entry: CatalogueEntry;
  readonly client: IdpClientCredentials;
  readonly refreshToken: Secret;
  /** Scopes of the present token, for IdPs that want them repeated. */
  readonly scope?: readonly string[];
}

/** What an IdP's token endpoint made of it. */
export type RenewalAnswer =
  | { readonly outcome: 'renewed'; readonly tokenSet: TokenSet }
  /** The refresh token is dead; only a new sign-in helps. */
  | { readonly outcome: 'refused' }
  /** The IdP does not take the client or its request: for the operators to mend. */
  | { readonly outcome: 'misconfigured' }
  /** The IdP answered, and did nothing. */
  | { readonly outcome: 'not_now'; readonly retryAfterMs?: number }
  /** No answer that could be read: whether the refresh token was used up is not known. */
  | { readonly outcome: 'unanswered' };

/** How requests are sent. */
export interface RenewalTransport {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Time limit of one request, in milliseconds. */
  readonly timeoutMs: number;
}

const TokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: LifetimeSeconds.positive().optional().catch(undefined),
  scope: z.string().optional().catch(undefined),
});
const ErrorAnswer = z.object({ error: z.string() });

/** Errors of RFC 6749 section 5.2, and IdPs' own, that say that this refresh token will never work again. */
const deadGrantErrors = new Set([
  'invalid_grant',
  'bad_refresh_token',
  'expired_token',
  'invalid_refresh_token',
]);

/** True where a refresh token of this connection can be used, as far as the catalogue knows. */
export function hasTokenEndpoint(entry: CatalogueEntry): boolean {
  const { refresh } = entry;
  return (
    refresh?.tokenEndpoint !== undefined && refresh.possible !== 'no' && !/[{}]/.test(refresh.tokenEndpoint)
  );
}

/**
 * Uses a refresh token once. Nothing is tried again: a request that got no answer may have had its effect.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-6
 */
export async function requestRenewal(
  request: RenewalRequest,
  { fetch, clock, timeoutMs }: RenewalTransport,
): Promise<RenewalAnswer> {
  const { url, headers, body } = buildRequest(request);
  const obtainedAt = clock.now();
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    answer = parseJson(await response.text());
  } catch {
    return { outcome: 'unanswered' };
  }
  if (response.status === 429) return notNow(response, clock.now());
  // GitHub and some others answer their errors with status 200.
  const error = ErrorAnswer.safeParse(answer).data?.error;
  if (error !== undefined) {
    if (deadGrantErrors.has(error)) return { outcome: 'refused' };
    if (['temporarily_unavailable', 'server_error', 'slow_down'].includes(error))
      return notNow(response, clock.now());
    // Exact's word for a renewal that comes too early. Its clock may differ from ours, and the client is all right.
    if (error === 'access_denied' && request.entry.refresh?.earliestAfterSeconds !== undefined)
      return notNow(response, clock.now());
    return { outcome: 'misconfigured' };
  }
  if (response.status >= 500) return notNow(response, clock.now());
  if (!response.ok) return { outcome: 'misconfigured' };
  const tokens = TokenAnswer.safeParse(answer);
  return tokens.success
    ? { outcome: 'renewed', tokenSet: toTokenSet(tokens.data, request, obtainedAt) }
    : { outcome: 'unanswered' };
}

function notNow(response: Response, now: number): RenewalAnswer {
  const wait = retryAfterMs(response.headers, now);
  return { outcome: 'not_now', ...(wait !== undefined && { retryAfterMs: wait }) };
}

function buildRequest({ entry, client, refreshToken, scope }: RenewalRequest): {
  url: string;
  headers: Record<string, string>;
  body: string | null;
} {
  const { refresh } = entry;
  const fields = new URLSearchParams({
    grant_type: refresh?.grantType ?? 'refresh_token',
    refresh_token: refreshToken.reveal(),
  });
  for (const [name, template] of Object.entries(refresh?.extraParameters ?? {})) {
    const value = fillIn(template, client, scope);
    if (value !== undefined) fields.set(name, value);
  }
  // GitHub answers a form unless JSON is asked for.
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': 'idp-relay' };
  if (refresh?.clientAuthentication === 'basic') {
    headers.authorization = basicAuthorization(client);
  } else {
    fields.set('client_id', client.clientId);
    if (client.clientSecret !== undefined && refresh?.clientAuthentication !== 'none')
      fields.set('client_secret', client.clientSecret.reveal());
  }
  const url = refresh?.tokenEndpoint ?? '';
  if (refresh?.format === 'query') return { url: `${url}?${fields.toString()}`, headers, body: null };
  headers['content-type'] = 'application/x-www-form-urlencoded';
  return { url, headers, body: fields.toString() };
}

/** A parameter whose placeholder stands for something unknown is left out: scopes are then as they were. */
function fillIn(
  template: string,
  client: IdpClientCredentials,
  scope: readonly string[] | undefined,
): string | undefined {
  const values: Readonly<Record<string, string | undefined>> = {
    '{scope}': scope?.join(' '),
    '{client_id}': client.clientId,
  };
  return /[{}]/.test(template) ? values[template] : template;
}

function toTokenSet(
  answer: z.infer<typeof TokenAnswer>,
  request: RenewalRequest,
  obtainedAt: number,
): TokenSet {
  const { accessToken } = request.entry;
  const lifetime =
    answer.expires_in ?? (accessToken.expires === 'always' ? accessToken.lifetimeSeconds : undefined);
  const scope = answer.scope?.split(/[\s,]+/).filter((item) => item !== '') ?? request.scope;
  return {
    accessToken: new Secret(answer.access_token),
    // None returned: the old one stays good (RFC 6749 section 6).
    refreshToken:
      answer.refresh_token === undefined ? request.refreshToken : new Secret(answer.refresh_token),
    ...(scope !== undefined && scope.length > 0 && { scope }),
    obtainedAt,
    ...(lifetime !== undefined && { expiresAt: obtainedAt + lifetime * 1000 }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
