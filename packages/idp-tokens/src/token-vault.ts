import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { clientAuthenticationFields } from './client-authentication.ts';
import type { Clock } from './clock.ts';
import { TokenVaultRefusedError } from './errors.ts';
import { LifetimeSeconds } from './lifetime-seconds.ts';
import { OAuthErrorAnswer } from './oauth-error.ts';
import { Secret } from './secret.ts';
import { requestTenantToken } from './tenant-token-request.ts';
import type { TokenSet } from './token-sets.ts';
import type { VaultClient, VaultWorker } from './vault-client.ts';
import { vaultRequestJwt } from './vault-request-jwt.ts';

/** How a {@link TokenVault} reaches its tenant. */
export interface TokenVaultOptions {
  /** The tenant's own domain. */
  readonly domain: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Time limit of one exchange, in milliseconds. */
  readonly timeoutMs: number;
  /** The relay API's own client, for calls with a user's access token. Left out: such calls find nothing. */
  readonly api?: VaultClient;
  /** The privileged worker, for calls by backends. Left out: such calls find nothing. */
  readonly worker?: VaultWorker;
  /** How many tokens are kept in memory. */
  readonly maxEntries: number;
  /** How long one is used without asking Token Vault again, in milliseconds, if it does not end before. */
  readonly lifetimeMs: number;
}

/** Which token is wanted, and by what right. */
export interface VaultRequest {
  readonly userId: string;
  readonly connection: string;
  /** IdP user id, where the user has several accounts of the connection. */
  readonly loginHint?: string;
  /** The user's own access token of the relay's audience, for calls that the user makes. */
  readonly subject?: Secret;
  /** A token that was obtained before this moment (milliseconds since the epoch) is not good enough. */
  readonly notBefore: number;
}

/** What Token Vault gives. */
export type VaultAnswer =
  | { readonly found: true; readonly tokenSet: TokenSet }
  /** - `nothing_kept`: no such account is connected. - `refresh_failed`: the IdP does not renew the token any more. */
  | { readonly found: false; readonly reason: 'nothing_kept' | 'refresh_failed' };

/**
 * Auth0's Token Vault as a source of IdP tokens; it renews them itself.
 * @see https://auth0.com/docs/secure/call-apis-on-users-behalf/token-vault
 */
export interface TokenVault {
  /** True where a call of this kind can be served: by a user's access token, or by a backend. */
  serves(subject: Secret | undefined): boolean;
  /** @throws TokenVaultRefusedError, ManagementRateLimitedError, ManagementUnavailableError */
  token(request: VaultRequest): Promise<VaultAnswer>;
}

const types = {
  grant: 'urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token',
  accessToken: 'urn:ietf:params:oauth:token-type:access_token',
  jwt: 'urn:ietf:params:oauth:token-type:jwt',
  federated: 'http://auth0.com/oauth/token-type/federated-connection-access-token',
  privileged: 'http://auth0.com/oauth/token-type/token-vault-access-token',
};

const TokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: LifetimeSeconds.positive().optional().catch(undefined),
  scope: z.string().optional(),
});

/** A token that ends sooner than this is not kept, in milliseconds. */
const marginMs = 30_000;

/** Exchanges tokens, and keeps what came of it until shortly before its end. */
export function createTokenVault(options: TokenVaultOptions): TokenVault {
  const { clock } = options;
  const kept = new LRUCache<string, TokenSet>({ max: options.maxEntries });
  const flights = new Map<string, Promise<VaultAnswer>>();

  const exchange = async (request: VaultRequest): Promise<VaultAnswer> => {
    const requestedAt = clock.now();
    const form = await exchangeForm(request, options);
    const { ok, status, body } = await requestTenantToken(form, options, 'a token of Token Vault');
    const answer = TokenAnswer.safeParse(body);
    if (ok && answer.success) return { found: true, tokenSet: toTokenSet(answer.data, requestedAt) };
    return refusal(OAuthErrorAnswer.safeParse(body).data?.error ?? `status ${status}`);
  };

  const exchangeAndKeep = async (request: VaultRequest, name: string): Promise<VaultAnswer> => {
    const answer = await exchange(request);
    if (answer.found && answer.tokenSet.expiresAt !== undefined) kept.set(name, answer.tokenSet);
    else kept.delete(name);
    return answer;
  };

  return {
    serves: (subject) => (subject === undefined ? options.worker : options.api) !== undefined,
    token: async (request) => {
      const name = nameOf(request);
      const known = kept.get(name);
      const isGood =
        known !== undefined &&
        known.obtainedAt >= request.notBefore &&
        clock.now() - known.obtainedAt < options.lifetimeMs &&
        (known.expiresAt ?? Number.POSITIVE_INFINITY) - marginMs > clock.now();
      if (isGood) return { found: true, tokenSet: known };
      const flight = flights.get(name) ?? exchangeAndKeep(request, name).finally(() => flights.delete(name));
      flights.set(name, flight);
      return flight;
    },
  };
}

function refusal(error: string): VaultAnswer {
  if (error === 'federated_connection_refresh_token_not_found')
    return { found: false, reason: 'nothing_kept' };
  if (error === 'federated_connection_refresh_token_flow_failed')
    return { found: false, reason: 'refresh_failed' };
  throw new TokenVaultRefusedError(error);
}

async function exchangeForm(
  { userId, connection, loginHint, subject }: VaultRequest,
  { api, worker, domain, clock }: TokenVaultOptions,
): Promise<URLSearchParams> {
  const form = new URLSearchParams({
    grant_type: types.grant,
    connection,
    ...(loginHint !== undefined && { login_hint: loginHint }),
  });
  const client = subject === undefined ? worker : api;
  if (client === undefined) throw new TokenVaultRefusedError('no client is configured for it');
  const authentication = await clientAuthenticationFields({ ...client, domain, clock });
  for (const [name, value] of Object.entries(authentication)) form.set(name, value);
  if (subject !== undefined) {
    form.set('subject_token', subject.reveal());
    form.set('subject_token_type', types.accessToken);
    form.set('requested_token_type', types.federated);
  } else if (worker !== undefined) {
    form.set('subject_token', await vaultRequestJwt(worker, { userId, domain, clock }));
    form.set('subject_token_type', types.jwt);
    form.set('requested_token_type', types.privileged);
  }
  return form;
}

function toTokenSet(answer: z.infer<typeof TokenAnswer>, obtainedAt: number): TokenSet {
  return {
    accessToken: new Secret(answer.access_token),
    ...(answer.scope !== undefined && { scope: answer.scope.split(/\s+/).filter((scope) => scope !== '') }),
    obtainedAt,
    ...(answer.expires_in !== undefined && { expiresAt: obtainedAt + answer.expires_in * 1000 }),
  };
}

/** By the very right that it was got by: a worker's scopes differ from a user's, and those of two apps may. */
function nameOf({ userId, connection, loginHint, subject }: VaultRequest): string {
  return JSON.stringify([userId, connection, loginHint, subject?.fingerprint()]);
}
