import { z } from 'zod';
import { AuthenticationError, requestRefused } from '../authentication/authentication-error.ts';
import { SeenAssertions } from '../authentication/client-authentication.ts';
import { chooseIdp, type ChosenIdp } from '../authentication/enabled-connections.ts';
import { splitScope, type Grant, type GrantAnswer, type GrantContext } from '../authentication/grant.ts';
import { findGrantedUser } from '../authentication/user-tokens.ts';
import { liveToken, narrowedToken, nothingInVault, type LiveToken } from './live-tokens.ts';
import { requirePrivilege } from './privileged-access.ts';
import { readPrivilegedRequest } from './privileged-request.ts';
import { userOfAccessToken, userOfRefreshToken } from './subject-token.ts';
import type { VaultedTokens } from './token-vault-state.ts';
import { isVaulted } from './vault.ts';

/** The grant type of every exchange with Token Vault. */
export const tokenVaultGrantType =
  'urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token';

const federatedToken = 'http://auth0.com/oauth/token-type/federated-connection-access-token';
const vaultToken = 'http://auth0.com/oauth/token-type/token-vault-access-token';

/** Whose tokens are asked for. */
interface Subject {
  readonly userId: string;
  /** Of a privileged worker: the token may have no scopes but these. */
  readonly scopes?: readonly string[];
}

/** How one kind of subject token is read, and the kind of token that may be asked for by it. */
interface Variant {
  readonly requestedTokenType: string;
  readonly read: (request: GrantContext) => Promise<Subject>;
}

const Eligible = z.object({ is_first_party: z.literal(true), oidc_conformant: z.literal(true) });

/**
 * Exchanges a token of the tenant, or a request that a privileged worker signed, for an IdP's access token.
 * @see https://auth0.com/docs/secure/call-apis-on-users-behalf/token-vault
 */
export function tokenVaultGrant(): Grant {
  const seen = new SeenAssertions();
  const variants = new Map<string, Variant>([
    [
      'urn:ietf:params:oauth:token-type:refresh_token',
      {
        requestedTokenType: federatedToken,
        read: async (request) => ({ userId: userOfRefreshToken(request) }),
      },
    ],
    [
      'urn:ietf:params:oauth:token-type:access_token',
      {
        requestedTokenType: federatedToken,
        read: async (request) => ({ userId: await userOfAccessToken(request) }),
      },
    ],
    [
      'urn:ietf:params:oauth:token-type:jwt',
      {
        requestedTokenType: vaultToken,
        read: async (request) => {
          const { access, scopes } = requirePrivilege(
            request.client,
            request.request.ip,
            request.body.connection,
          );
          return { userId: await readPrivilegedRequest(request, access, seen), scopes };
        },
      },
    ],
  ]);
  return async (request) => {
    const { context, client, body } = request;
    requireEligible(request);
    const variant = variants.get(body.subject_token_type);
    if (variant === undefined)
      throw requestRefused(`Unsupported subject_token_type: ${body.subject_token_type}`);
    if (body.requested_token_type !== variant.requestedTokenType)
      throw requestRefused(`Unsupported requested_token_type: ${body.requested_token_type}`);
    for (const name of ['subject_token', 'connection'] as const)
      if (body[name] === '') throw requestRefused(`Missing required parameter: ${name}`);
    const chosen = chooseIdp(context.database.state, client, body.connection);
    if ('error' in chosen) throw new AuthenticationError(400, chosen.error, chosen.error_description);
    const subject = await variant.read(request);
    const user = request.context.database.state.users.find(({ user_id }) => user_id === subject.userId);
    if (user !== undefined) request.learned.user = user;
    const kept = findAccount(request, chosen, subject.userId);
    const token = await takeToken(request, chosen, kept, subject.scopes);
    return toAnswer(request, token, variant.requestedTokenType);
  };
}

/** Only confidential, OIDC conformant first-party clients may use the vault. */
function requireEligible({ client }: GrantContext): void {
  if (Eligible.safeParse(client).success && client.token_endpoint_auth_method !== 'none') return;
  throw new AuthenticationError(
    403,
    'unauthorized_client',
    'Token Vault is for confidential, OIDC conformant first-party clients.',
  );
}

function findAccount(
  { context, body }: GrantContext,
  { connection }: ChosenIdp,
  userId: string,
): VaultedTokens {
  const { state } = context.database;
  if (!state.users.some(({ user_id }) => user_id === userId)) throw nothingInVault();
  const user = findGrantedUser(context, userId);
  const kept = state.tokenVault.find(
    (account) =>
      account.user_id === user.user_id &&
      account.connection === connection.name &&
      (body.login_hint === undefined || body.login_hint === account.idp_user_id),
  );
  if (kept === undefined || !isVaulted(connection)) throw nothingInVault();
  return kept;
}

/** A privileged worker gets what it asks for, within what it was granted; others get the token as it is. */
async function takeToken(
  { context, body }: GrantContext,
  { idp }: ChosenIdp,
  kept: VaultedTokens,
  granted: readonly string[] | undefined,
): Promise<LiveToken> {
  if (granted === undefined) return liveToken(context, idp, kept);
  const asked = splitScope(body.scope);
  const wanted = asked ?? granted;
  const isGranted = wanted.every((scope) => granted.includes(scope));
  const isThere = asked?.every((scope) => kept.scope.includes(scope)) ?? true;
  if (!isGranted || !isThere)
    throw new AuthenticationError(403, 'access_denied', 'A scope that was asked for is not granted.');
  const scope = kept.scope.filter((value) => wanted.includes(value));
  return scope.length === kept.scope.length
    ? liveToken(context, idp, kept)
    : narrowedToken(context, idp, kept, scope);
}

function toAnswer({ context }: GrantContext, token: LiveToken, issuedTokenType: string): GrantAnswer {
  const { accessToken, scope, expiresAt } = token;
  return {
    access_token: accessToken,
    scope: scope.join(' '),
    ...(expiresAt !== undefined && {
      expires_in: Math.max(0, Math.floor((expiresAt - context.clock.now()) / 1000)),
    }),
    issued_token_type: issuedTokenType,
  };
}
