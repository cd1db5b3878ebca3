import { z } from 'zod';
import type { IdpTokens } from '../authentication/idp-client.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { SampleIdp } from '../sample-idps/sample-idp.ts';
import type { Connection, Identity, TenantState } from '../state/tenant-state.ts';
import type { VaultedTokens } from './token-vault-state.ts';

const VaultOption = z.object({ federated_connections_access_tokens: z.object({ active: z.literal(true) }) });

/** True for connections that keep their tokens in Token Vault, and out of the identities. */
export function isVaulted({ options }: Connection): boolean {
  return VaultOption.safeParse(options).success;
}

/** The tokens that the vault holds of one identity. */
export function findInVault(
  { tokenVault }: TenantState,
  userId: string,
  { connection, user_id: idpUserId }: Pick<Identity, 'connection' | 'user_id'>,
): VaultedTokens | undefined {
  return tokenVault.find(
    (kept) => kept.user_id === userId && kept.connection === connection && kept.idp_user_id === idpUserId,
  );
}

/**
 * Keeps what an IdP gave at a login. A refresh token stays when none came along, as in the identities.
 * In Auth0 it is the Connected Accounts flow that fills the vault; here signing in stands for it.
 */
export function keepInVault(
  { database, clock }: LocalTenantContext,
  userId: string,
  identity: Pick<Identity, 'connection' | 'user_id'>,
  answer: IdpTokens,
  idp: SampleIdp,
): VaultedTokens {
  const earlier = findInVault(database.state, userId, identity);
  const refreshToken = answer.refresh_token ?? earlier?.refresh_token;
  const scope = splitIdpScope(idp, answer.scope);
  const kept: VaultedTokens = {
    user_id: userId,
    connection: identity.connection,
    idp_user_id: identity.user_id,
    access_token: answer.access_token,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(answer.expires_in !== undefined && { expires_at: clock.now() + answer.expires_in * 1000 }),
    // An answer without scopes leaves them as they were (RFC 6749 section 5.1).
    scope: scope.length === 0 ? (earlier?.scope ?? []) : scope,
  };
  putInVault(database.state, kept);
  database.save();
  return kept;
}

/** The single scopes of an IdP's answer. */
export function splitIdpScope(idp: SampleIdp, scope: string): string[] {
  return scope.split(idp.scopeSeparator).filter((value) => value !== '');
}

/** Puts tokens in place of what the vault held of the same account. */
export function putInVault(state: TenantState, tokens: VaultedTokens): void {
  const earlier = findInVault(state, tokens.user_id, {
    connection: tokens.connection,
    user_id: tokens.idp_user_id,
  });
  if (earlier === undefined) state.tokenVault.push(tokens);
  else state.tokenVault[state.tokenVault.indexOf(earlier)] = tokens;
}

/** Forgets what the vault holds of a user, or of one identity of theirs. */
export function dropFromVault(
  state: TenantState,
  userId: string,
  identity?: Pick<Identity, 'connection' | 'user_id'>,
): void {
  const dropped = identity && findInVault(state, userId, identity);
  state.tokenVault = state.tokenVault.filter((kept) =>
    identity === undefined ? kept.user_id !== userId : kept !== dropped,
  );
}

/** An identity changes hands, by linking or unlinking; its tokens go with it. */
export function moveInVault(
  state: TenantState,
  identity: Pick<Identity, 'connection' | 'user_id'>,
  from: string,
  to: string,
): void {
  const tokens = findInVault(state, from, identity);
  if (tokens === undefined) return;
  dropFromVault(state, from, identity);
  putInVault(state, { ...tokens, user_id: to });
}
