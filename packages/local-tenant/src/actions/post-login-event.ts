import { z } from 'zod';
import type { AuthorizationRequest } from '../authentication/authorization-request.ts';
import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { publicIdentities } from '../management/user-identities.ts';
import type { Client, TenantRefreshToken, User } from '../state/tenant-state.ts';
import type { LoginRequest } from './login-request.ts';

/** A login, or a refresh token's exchange, that post-login Actions are run for. */
export interface PostLogin {
  readonly protocol: 'oidc-basic-profile' | 'oauth2-password' | 'oauth2-refresh-token';
  readonly client: Client;
  readonly user: User;
  /** Name of the connection that the user signed in through. */
  readonly connection: string;
  readonly audience: string | undefined;
  /** What was asked for. */
  readonly scope: readonly string[];
  readonly request: LoginRequest;
  /** Of a browser's login. */
  readonly authorization?: AuthorizationRequest;
  readonly sessionId?: string | undefined;
  readonly refreshToken?: TenantRefreshToken;
}

const Metadata = z.record(z.string(), z.unknown()).catch({});

/**
 * The `event` of a post-login Action, but for its secrets. The user's identities hold no token: Auth0 gives Actions
 * none.
 * @see https://auth0.com/docs/customize/actions/explore-triggers/signup-and-login-triggers/login-trigger/post-login-event-object
 */
export function createPostLoginEvent(context: LocalTenantContext, login: PostLogin): object {
  const { database, clock } = context;
  const { client, user, request } = login;
  const { roles, tenantId } = database.state;
  const connection = database.state.connections.find(({ name }) => name === login.connection);
  return {
    authentication: {
      methods: [
        {
          name: connection?.strategy === 'auth0' ? 'pwd' : 'federated',
          timestamp: user.last_login ?? isoTime(clock.now()),
        },
      ],
    },
    authorization: { roles: roles.filter(({ id }) => user.roles.includes(id)).map(({ name }) => name) },
    client: {
      client_id: client.client_id,
      name: client.name,
      metadata: Metadata.parse(client.client_metadata),
    },
    connection: {
      id: connection?.id ?? '',
      name: login.connection,
      strategy: connection?.strategy ?? '',
      metadata: Metadata.parse(connection?.metadata),
    },
    request: {
      ip: request.ip,
      hostname: request.hostname,
      method: request.method,
      user_agent: request.userAgent,
      language: request.language,
      geoip: {},
      query: request.query,
      body: request.body,
    },
    ...(login.audience !== undefined && { resource_server: { identifier: login.audience } }),
    ...(login.sessionId !== undefined && { session: { id: login.sessionId } }),
    ...(login.refreshToken !== undefined && { refresh_token: shownRefreshToken(login.refreshToken) }),
    stats: { logins_count: user.logins_count },
    tenant: { id: tenantId },
    transaction: createTransaction(login),
    user: createUser(user),
  };
}

function createUser(user: User): object {
  const { password: _password, roles: _roles, blocked: _blocked, ...shown } = user;
  return {
    email_verified: false,
    ...shown,
    app_metadata: user.app_metadata ?? {},
    user_metadata: user.user_metadata ?? {},
    identities: publicIdentities(user, []),
  };
}

function createTransaction({ protocol, scope, authorization }: PostLogin): object {
  return {
    protocol,
    requested_scopes: scope,
    acr_values: [],
    ui_locales: [],
    locale: 'en',
    metadata: {},
    ...(authorization !== undefined && {
      redirect_uri: authorization.redirect_uri,
      response_type: authorization.response_type.split(' '),
      response_mode: authorization.response_mode,
      prompt: authorization.prompt?.split(' ') ?? [],
      state: authorization.state,
      login_hint: authorization.login_hint,
    }),
  };
}

/** What may be told of a refresh token: not the token. Its family stands for its id. */
function shownRefreshToken(token: TenantRefreshToken): object {
  return {
    id: token.family,
    client_id: token.client_id,
    user_id: token.user_id,
    created_at: isoTime(token.issued_at),
    ...(token.expires_at !== undefined && { expires_at: isoTime(token.expires_at) }),
  };
}
