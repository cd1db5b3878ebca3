import type { Clock } from './clock.ts';
import { ManagementRateLimitedError, ManagementUnavailableError } from './errors.ts';
import { retryAfterMs } from './retry-after.ts';

/** How the tenant's token endpoint is reached. */
export interface TenantTokenTransport {
  /** The tenant's own domain. */
  readonly domain: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Time limit of one request, in milliseconds. */
  readonly timeoutMs: number;
}

/** What the endpoint said: a token, where `ok`, or why there is none. */
export interface TenantTokenAnswer {
  readonly ok: boolean;
  readonly status: number;
  /** Whatever the JSON says. */
  readonly body: unknown;
}

/**
 * Sends a form to the tenant's token endpoint.
 * @param what is asked for, for people, in errors
 * @throws ManagementRateLimitedError, ManagementUnavailableError
 * @see https://auth0.com/docs/api/authentication/get-token
 */
export async function requestTenantToken(
  form: URLSearchParams,
  { domain, fetch, clock, timeoutMs }: TenantTokenTransport,
  what: string,
): Promise<TenantTokenAnswer> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(`https://${domain}/oauth/token`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: form,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    body = await response.json();
  } catch (cause) {
    throw new ManagementUnavailableError(`no usable answer to the request for ${what}`, { cause });
  }
  const { ok, status, headers } = response;
  if (status === 429) throw new ManagementRateLimitedError(retryAfterMs(headers, clock.now()) ?? 1000);
  if (status >= 500)
    throw new ManagementUnavailableError(`the request for ${what} was answered with ${status}`);
  return { ok, status, body };
}
