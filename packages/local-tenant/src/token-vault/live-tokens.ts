import { AuthenticationError } from '../authentication/authentication-error.ts';
import { renewTokens, type IdpTokens } from '../authentication/idp-client.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { SampleIdp } from '../sample-idps/sample-idp.ts';
import type { VaultedTokens } from './token-vault-state.ts';
import { keepInVault, splitIdpScope } from './vault.ts';

/** An access token of the vault that is good now. */
export interface LiveToken {
  readonly accessToken: string;
  readonly scope: readonly string[];
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | undefined;
}

/** Renewals under way: a rotating refresh token is good once, so whoever comes meanwhile waits for the same answer. */
const renewals = new WeakMap<VaultedTokens, Promise<LiveToken>>();

/**
 * The vault's access token of an account; renewed at the IdP, and the new one kept, when it has ended.
 * @throws AuthenticationError
 */
export async function liveToken(
  context: LocalTenantContext,
  idp: SampleIdp,
  kept: VaultedTokens,
): Promise<LiveToken> {
  if (kept.expires_at === undefined || kept.expires_at > context.clock.now())
    return { accessToken: kept.access_token, scope: kept.scope, expiresAt: kept.expires_at };
  const renewal = renewals.get(kept) ?? renew(context, idp, kept);
  renewals.set(kept, renewal);
  return renewal.finally(() => renewals.delete(kept));
}

/**
 * An access token with no more than these scopes, which the vault does not keep. Where the IdP gives more all the same,
 * nobody gets it.
 * @throws AuthenticationError
 */
export async function narrowedToken(
  context: LocalTenantContext,
  idp: SampleIdp,
  kept: VaultedTokens,
  scope: readonly string[],
): Promise<LiveToken> {
  const answer = await askIdp(context, idp, kept, scope);
  if (answer.refresh_token !== undefined) kept.refresh_token = answer.refresh_token;
  context.database.save();
  const given = splitIdpScope(idp, answer.scope);
  if (!given.every((value) => scope.includes(value)))
    throw new AuthenticationError(403, 'access_denied', 'The IdP gives no token with fewer scopes.');
  return {
    accessToken: answer.access_token,
    scope: given,
    expiresAt: answer.expires_in === undefined ? undefined : context.clock.now() + answer.expires_in * 1000,
  };
}

async function renew(context: LocalTenantContext, idp: SampleIdp, kept: VaultedTokens): Promise<LiveToken> {
  const answer = await askIdp(context, idp, kept);
  const identity = { connection: kept.connection, user_id: kept.idp_user_id };
  const renewed = keepInVault(context, kept.user_id, identity, answer, idp);
  return { accessToken: renewed.access_token, scope: renewed.scope, expiresAt: renewed.expires_at };
}

async function askIdp(
  context: LocalTenantContext,
  idp: SampleIdp,
  { refresh_token: refreshToken }: VaultedTokens,
  scope?: readonly string[],
): Promise<IdpTokens> {
  if (refreshToken === undefined) throw nothingInVault();
  const outcome = await renewTokens(context, idp, refreshToken, scope);
  if (outcome.ok) return outcome.value;
  throw outcome.reason === 'refused'
    ? new AuthenticationError(
        401,
        'federated_connection_refresh_token_flow_failed',
        'Refresh Token flow for the Federated Connection failed.',
      )
    : new AuthenticationError(503, 'temporarily_unavailable', 'The IdP did not answer.');
}

/** The vault has no tokens of such an account, or none that can be renewed. */
export function nothingInVault(): AuthenticationError {
  return new AuthenticationError(
    401,
    'federated_connection_refresh_token_not_found',
    'Federated connection Refresh Token not found.',
  );
}
