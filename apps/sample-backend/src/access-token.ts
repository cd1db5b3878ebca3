import { z } from 'zod';

const TokenAnswer = z.object({ access_token: z.string(), expires_in: z.number() });
const TokenRefusal = z.object({ error: z.string(), error_description: z.string().default('') });

/** Auth0 gave no access token. */
export class AccessTokenError extends Error {
  /** The OAuth error, such as `access_denied` (RFC 6749 section 5.2); `unreadable` where the answer was none. */
  readonly code: string;
  constructor(code: string, description: string) {
    super(`Auth0 gave no access token: ${code}. ${description}`.trim());
    this.name = 'AccessTokenError';
    this.code = code;
  }
}

/** Who asks for tokens, and where. */
export interface ClientCredentials {
  readonly tenantOrigin: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly audience: string;
}

/** A token is replaced this long before its end, so that none ends under way. Milliseconds. */
const marginMs = 60_000;

/**
 * Gets access tokens by client credentials. One is asked for at a time and used until it is about to end: Auth0 counts
 * (and, for machine-to-machine clients, bills) the tokens it issues. A refusal is not kept; the next call asks again.
 * The function rejects with an {@link AccessTokenError}, or a `TypeError` where Auth0 cannot be reached.
 * @param now milliseconds since 1970
 * @see https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-credentials-flow
 */
export function createAccessTokenSource(
  credentials: ClientCredentials,
  now: () => number = Date.now,
): () => Promise<string> {
  let kept: { readonly token: Promise<string>; readonly usableUntil: number } | undefined;
  return () => {
    if (kept !== undefined && now() < kept.usableUntil) return kept.token;
    // Who comes while the answer is under way waits for the same one.
    const answer = requestToken(credentials);
    const asked = { token: answer.then(({ access_token }) => access_token), usableUntil: Infinity };
    kept = asked;
    answer.then(
      ({ expires_in: seconds }) => (asked.usableUntil = now() + seconds * 1000 - marginMs),
      () => (asked.usableUntil = -Infinity),
    );
    return asked.token;
  };
}

async function requestToken(credentials: ClientCredentials): Promise<z.infer<typeof TokenAnswer>> {
  const response = await fetch(`${credentials.tenantOrigin}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      audience: credentials.audience,
    }),
  });
  const body: unknown = await response.json().catch(() => undefined);
  const answer = TokenAnswer.safeParse(body);
  if (answer.success) return answer.data;
  const refusal = TokenRefusal.safeParse(body).data;
  throw new AccessTokenError(
    refusal?.error ?? 'unreadable',
    refusal?.error_description ?? `The answer had status ${response.status}.`,
  );
}
