import { SignJWT } from 'jose';
import {
  allowedClaims,
  customizedScope,
  noCustomization,
  type TokenCustomization,
} from '../actions/token-customization.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { Client, ResourceServer, User } from '../state/tenant-state.ts';
import { AuthenticationError } from './authentication-error.ts';
import { currentSigningKey } from './signing-keys.ts';

/** An access token and what its answer says of it. */
export interface IssuedAccessToken {
  readonly access_token: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly scope: string;
}

/** Scopes that ask for claims or a refresh token, and are not the resource server's. */
const standardScopes = new Set(['openid', 'profile', 'email', 'address', 'phone', 'offline_access']);
const dayInSeconds = 86_400;

/** A user's token for an API, or for `/userinfo` alone when no audience is asked for. */
export interface UserTokenRequest {
  readonly issuer: string;
  readonly client: Client;
  readonly user: User;
  readonly audience: string | undefined;
  readonly scope: readonly string[];
  /** What Actions want changed; left out: nothing. */
  readonly customization?: TokenCustomization | undefined;
}

/**
 * An access token as Auth0 makes them: with RBAC on, scopes are limited to what the user's roles permit, and
 * `permissions` holds all of them whatever was asked for.
 * @see https://auth0.com/docs/get-started/apis/enable-role-based-access-control-for-apis
 */
export async function issueUserToken(
  context: LocalTenantContext,
  request: UserTokenRequest,
): Promise<IssuedAccessToken> {
  const { issuer, client, user, audience, scope, customization = noCustomization } = request;
  const userinfo = `${issuer}userinfo`;
  if (audience === undefined) {
    return sign(context, {
      issuer,
      subject: user.user_id,
      audience: [userinfo],
      clientId: client.client_id,
      scope: customizedScope(scope, customization),
      custom: allowedClaims(customization.accessTokenClaims),
      lifetime: dayInSeconds,
    });
  }
  const server = findResourceServer(context, audience);
  const permitted = permissionsOf(context, user, audience);
  const own = new Set(server.scopes?.map(({ value }) => value));
  const granted = scope.filter(
    (value) =>
      standardScopes.has(value) ||
      (server.enforce_policies === true ? permitted.includes(value) : own.has(value)),
  );
  return sign(context, {
    issuer,
    subject: user.user_id,
    audience: scope.includes('openid') ? [audience, userinfo] : audience,
    clientId: client.client_id,
    scope: customizedScope(granted, customization),
    custom: allowedClaims(customization.accessTokenClaims, server.is_system),
    lifetime: server.token_lifetime ?? dayInSeconds,
    ...(carriesPermissions(server) && { permissions: permitted }),
  });
}

/** A client's token for an API, by its client grant. */
export async function issueClientToken(
  context: LocalTenantContext,
  request: {
    readonly issuer: string;
    readonly client: Client;
    readonly audience: string;
    readonly scope: readonly string[] | undefined;
  },
): Promise<IssuedAccessToken> {
  const { issuer, client, audience } = request;
  const server = findResourceServer(context, audience);
  const grant = context.database.state.clientGrants.find(
    (candidate) => candidate.client_id === client.client_id && candidate.audience === audience,
  );
  if (grant === undefined) {
    throw new AuthenticationError(
      403,
      'access_denied',
      `Client is not authorized to access "${audience}". You need to create a "client-grant" associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants`,
    );
  }
  const scope = grant.scope.filter((value) => request.scope?.includes(value) ?? true);
  return sign(context, {
    issuer,
    subject: `${client.client_id}@clients`,
    audience,
    clientId: client.client_id,
    scope,
    lifetime: server.token_lifetime ?? dayInSeconds,
    gty: 'client-credentials',
    ...(carriesPermissions(server) && { permissions: scope }),
  });
}

function findResourceServer({ database }: LocalTenantContext, audience: string): ResourceServer {
  const server = database.state.resourceServers.find((candidate) => candidate.identifier === audience);
  if (server === undefined)
    throw new AuthenticationError(403, 'access_denied', `Service not found: ${audience}`);
  return server;
}

/** Permissions on one API by all roles of a user. */
export function permissionsOf({ database }: LocalTenantContext, user: User, audience: string): string[] {
  const granted = database.state.roles
    .filter((role) => user.roles.includes(role.id))
    .flatMap((role) => role.permissions)
    .filter((permission) => permission.resource_server_identifier === audience)
    .map((permission) => permission.permission_name);
  return [...new Set(granted)];
}

function carriesPermissions(server: ResourceServer): boolean {
  return server.enforce_policies === true && server.token_dialect === 'access_token_authz';
}

interface Claims {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string | string[];
  readonly clientId: string;
  readonly scope: readonly string[];
  readonly lifetime: number;
  readonly gty?: string;
  readonly permissions?: readonly string[];
  /** Claims that Actions set. */
  readonly custom?: Readonly<Record<string, unknown>>;
}

async function sign(context: LocalTenantContext, claims: Claims): Promise<IssuedAccessToken> {
  const { kid, key } = await currentSigningKey(context);
  const issuedAt = Math.floor(context.clock.now() / 1000);
  const scope = claims.scope.join(' ');
  const token = await new SignJWT({
    ...claims.custom,
    ...(scope !== '' && { scope }),
    ...(claims.gty !== undefined && { gty: claims.gty }),
    azp: claims.clientId,
    ...(claims.permissions && { permissions: claims.permissions }),
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
    .setIssuer(claims.issuer)
    .setSubject(claims.subject)
    .setAudience(claims.audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + claims.lifetime)
    .sign(key);
  return { access_token: token, expires_in: claims.lifetime, scope };
}
