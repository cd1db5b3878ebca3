import { rotateSigningKey } from '../authentication/signing-keys.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { RateLimit, RateLimitPlan } from '../management/rate-limit.ts';
import { expireSampleToken, revokeSampleToken } from '../sample-idps/sample-idp-store.ts';
import type { Identity, TenantState, User } from '../state/tenant-state.ts';
import { dropFromVault, findInVault } from '../token-vault/vault.ts';

/** Which identity of which user is meant. */
export interface ControlledIdentity {
  readonly user_id: string;
  readonly connection: string;
  /** IdP user id; the first identity of the connection when left out. */
  readonly identity?: string | undefined;
}

/** The user or identity that a control call names is not there. */
export class NotInTenantError extends Error {
  /** Stable; branch on this. */
  readonly code = 'not_in_tenant';
}

/** What tests and demos do to a tenant behind everybody's back. */
export interface TenantControl {
  /** The IdP lets the access token end now; the tenant goes on storing it, as Auth0 would. */
  readonly expireToken: (identity: ControlledIdentity) => void;
  /** The IdP revokes the access token; the tenant goes on storing it. */
  readonly revokeToken: (identity: ControlledIdentity) => void;
  /** The tenant forgets the identity's tokens. */
  readonly dropToken: (identity: ControlledIdentity) => void;
  /** Blocks or unblocks a user. */
  setBlocked(userId: string, blocked: boolean): void;
  /** The tenant ends a user's sessions and refresh tokens; access tokens live on to their end. */
  endSessions(userId: string): void;
  /** A new signing key signs from now on. The old one verifies still, unless it is to be revoked. */
  rotateSigningKey(options: { readonly revokePrevious: boolean }): Promise<void>;
  /** Puts another plan's rate limit on the Management API. */
  setRateLimitPlan(plan: RateLimitPlan): void;
}

/** Control over one tenant. */
export function createTenantControl(context: LocalTenantContext, rateLimit: RateLimit): TenantControl {
  const { database } = context;
  return {
    expireToken: (identity) => expireSampleToken(context, storedToken(database.state, identity)),
    revokeToken: (identity) => revokeSampleToken(context, storedToken(database.state, identity)),
    dropToken: (identity) => {
      const found = findIdentity(database.state.users, identity);
      dropFromVault(database.state, identity.user_id, found);
      delete found.access_token;
      delete found.access_token_secret;
      delete found.refresh_token;
      delete found.expires_in;
      database.save();
    },
    setBlocked: (userId, blocked) => {
      findUser(database.state.users, userId).blocked = blocked;
      database.save();
    },
    endSessions: (userId) => {
      findUser(database.state.users, userId);
      context.sessions.endAllOf(userId);
      for (const token of database.state.refreshTokens) if (token.user_id === userId) token.revoked = true;
      database.save();
    },
    rotateSigningKey: async ({ revokePrevious }) => {
      await rotateSigningKey(context);
      if (!revokePrevious) return;
      const { signingKeys } = database.state;
      signingKeys.splice(0, signingKeys.length, ...signingKeys.filter((key) => !key.retired));
      database.save();
    },
    setRateLimitPlan: (plan) => {
      rateLimit.plan = plan;
    },
  };
}

function findUser(users: readonly User[], userId: string): User {
  const user = users.find((candidate) => candidate.user_id === userId);
  if (user === undefined) throw new NotInTenantError(`The tenant has no user ${userId}.`);
  return user;
}

function findIdentity(
  users: readonly User[],
  { user_id, connection, identity }: ControlledIdentity,
): Identity {
  const found = findUser(users, user_id).identities.find(
    (candidate) =>
      candidate.connection === connection && (identity === undefined || candidate.user_id === identity),
  );
  if (found === undefined) throw new NotInTenantError(`${user_id} has no such identity of ${connection}.`);
  return found;
}

/** The access token that the tenant stores of an identity, in the identity itself or in Token Vault. */
function storedToken(state: TenantState, controlled: ControlledIdentity): string {
  const identity = findIdentity(state.users, controlled);
  const token = identity.access_token ?? findInVault(state, controlled.user_id, identity)?.access_token;
  if (token === undefined)
    throw new NotInTenantError(`The identity of ${identity.connection} has no access token.`);
  return token;
}
