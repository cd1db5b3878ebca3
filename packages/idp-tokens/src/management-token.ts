import { z } from 'zod';
import { clientAuthenticationFields, type ClientCredentials } from './client-authentication.ts';
import type { Clock } from './clock.ts';
import {
  IdpTokensError,
  ManagementCredentialsRefusedError,
  ManagementRateLimitedError,
  ManagementUnavailableError,
} from './errors.ts';
import { OAuthErrorAnswer } from './oauth-error.ts';
import { Secret } from './secret.ts';
import { requestTenantToken } from './tenant-token-request.ts';

/** What the machine-to-machine client must be granted on the Management API: these two, and nothing else. */
export const neededManagementScopes: ReadonlySet<string> = new Set(['read:users', 'read:user_idp_tokens']);

/** An access token for the tenant's Management API. */
export interface ManagementToken {
  readonly accessToken: Secret;
  /** As Auth0 granted them, or `undefined` where it did not say. */
  readonly scopes: ReadonlySet<string> | undefined;
  /** Milliseconds since the epoch. */
  readonly obtainedAt: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** How a {@link ManagementTokenSource} reaches its tenant. */
export interface ManagementTokenOptions {
  /** The tenant's own domain, not a custom one: `example.us.auth0.com`. May have a port. */
  readonly domain: string;
  readonly clientId: string;
  readonly credentials: ClientCredentials;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Time limit of one token request, in milliseconds. */
  readonly timeoutMs: number;
}

/** Hands out a token that is good for a while, and sees to it that there is one. */
export interface ManagementTokenSource {
  /**
   * The token in memory, or a new one. Concurrent callers share one request, and for a while those after them its failure:
   * however many ask, the tenant's token endpoint sees few.
   * @throws ManagementCredentialsRefusedError, ManagementRateLimitedError, ManagementUnavailableError
   */
  get(): Promise<ManagementToken>;
  /** Forgets this token, if it is still the current one: the Management API refused it. */
  invalidate(token: ManagementToken): void;
  /** The token in memory, for those who only look. */
  peek(): ManagementToken | undefined;
}

const TokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  scope: z.string().optional(),
});

const shortestPauseMs = 1_000;
const longestPauseMs = 15_000;

/** A token is replaced when a tenth of its life, and at most this long, is left. Milliseconds. */
const longestRenewalMargin = 5 * 60_000;

/**
 * Client credentials against the tenant, for the Management API.
 * The token lives in this process's memory only.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-4.4
 */
export function createManagementTokenSource(options: ManagementTokenOptions): ManagementTokenSource {
  let current: ManagementToken | undefined;
  let pending: Promise<ManagementToken> | undefined;

  let failures = 0;
  let failure: { readonly error: IdpTokensError; readonly until: number } | undefined;

  const request = async (): Promise<ManagementToken> => {
    try {
      current = await requestToken(options);
      failures = 0;
      return current;
    } catch (error) {
      if (error instanceof IdpTokensError) {
        failure = { error, until: options.clock.now() + pauseAfter(error, failures) };
        failures += 1;
      }
      throw error;
    } finally {
      pending = undefined;
    }
  };

  /** Whoever asks during the pause is told what the last request came to. */
  const refuseDuringPause = (): void => {
    const left = (failure?.until ?? 0) - options.clock.now();
    if (failure === undefined || left <= 0) return;
    throw failure.error instanceof ManagementRateLimitedError
      ? new ManagementRateLimitedError(left)
      : failure.error;
  };

  return {
    get: async () => {
      if (current !== undefined && options.clock.now() < renewalTime(current)) return current;
      if (pending === undefined) refuseDuringPause();
      pending ??= request();
      return pending;
    },
    invalidate: (token) => {
      if (current === token) current = undefined;
    },
    peek: () => current,
  };
}

/** After a failure the tenant is not asked again for so long, in milliseconds: as it said itself, else a second and more. */
function pauseAfter(error: IdpTokensError, earlierFailures: number): number {
  return error instanceof ManagementRateLimitedError
    ? error.retryAfterSeconds * 1000
    : Math.min(shortestPauseMs * 2 ** earlierFailures, longestPauseMs);
}

function renewalTime(token: ManagementToken): number {
  const life = token.expiresAt - token.obtainedAt;
  return token.expiresAt - Math.min(life / 10, longestRenewalMargin);
}

async function requestToken(options: ManagementTokenOptions): Promise<ManagementToken> {
  const { domain, clock } = options;
  const requestedAt = clock.now();
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    audience: `https://${domain}/api/v2/`,
    ...(await clientAuthenticationFields(options)),
  });
  const { ok, status, body } = await requestTenantToken(form, options, 'a token of the Management API');
  if (!ok)
    throw new ManagementCredentialsRefusedError(
      OAuthErrorAnswer.safeParse(body).data?.error ?? `status ${status}`,
    );
  const answer = TokenAnswer.safeParse(body);
  if (!answer.success) {
    throw new ManagementUnavailableError(
      `the token endpoint of ${domain} answered something that is not a token`,
    );
  }
  return {
    accessToken: new Secret(answer.data.access_token),
    scopes: answer.data.scope === undefined ? undefined : new Set(answer.data.scope.split(' ')),
    obtainedAt: requestedAt,
    expiresAt: requestedAt + answer.data.expires_in * 1000,
  };
}
