import type { TokenCustomization } from '../actions/token-customization.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { Client, User } from '../state/tenant-state.ts';
import { issueUserToken } from './access-token.ts';
import { AuthenticationError, grantRefused } from './authentication-error.ts';
import type { GrantAnswer } from './grant.ts';
import { issueIdToken } from './id-token.ts';
import { issueRefreshToken } from './refresh-tokens.ts';

/** What one answer to a user's client is made of. */
export interface UserTokensRequest {
  readonly issuer: string;
  readonly client: Client;
  readonly user: User;
  readonly audience: string | undefined;
  readonly scope: readonly string[];
  readonly nonce?: string | undefined;
  readonly sessionId?: string | undefined;
  /** Name of the connection that the user signed in through. */
  readonly connection: string;
  readonly customization: TokenCustomization;
  /** The login that a refresh token goes back to; left out: none is issued. */
  readonly family?: string;
}

/** Everything that one answer to a user's client holds; a refresh token only if it was asked for and may be given. */
export async function issueUserTokens(
  context: LocalTenantContext,
  request: UserTokensRequest,
): Promise<GrantAnswer> {
  const { client, user, audience, scope, family, nonce, sessionId, connection, customization } = request;
  const access = await issueUserToken(context, request);
  const server = context.database.state.resourceServers.find(
    (candidate) => candidate.identifier === audience,
  );
  const mayRefresh =
    scope.includes('offline_access') &&
    client.grant_types?.includes('refresh_token') === true &&
    (audience === undefined || server?.allow_offline_access === true);
  const grant = { user_id: user.user_id, audience, scope: scope.join(' '), connection };
  return {
    ...access,
    ...(scope.includes('openid') && {
      id_token: await issueIdToken(context, {
        ...request,
        nonce,
        sessionId,
        customClaims: customization.idTokenClaims,
      }),
    }),
    ...(mayRefresh &&
      family !== undefined && { refresh_token: issueRefreshToken(context, client, { ...grant, family }) }),
  };
}

/**
 * The user that a grant stands for.
 * @throws AuthenticationError for somebody who is gone or blocked
 */
export function findGrantedUser({ database }: LocalTenantContext, userId: string): User {
  const user = database.state.users.find((candidate) => candidate.user_id === userId);
  if (user === undefined) throw grantRefused('The user is gone.');
  if (user.blocked === true) throw new AuthenticationError(403, 'unauthorized', 'user is blocked');
  return user;
}
