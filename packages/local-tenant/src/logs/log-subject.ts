import type { LoginRequest } from '../actions/login-request.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { Client, User } from '../state/tenant-state.ts';
import type { LogInput } from './log-event.ts';

/** Whom a log event is about, as far as it is known. */
export interface LogSubject {
  readonly request: LoginRequest;
  readonly client?: Client | undefined;
  readonly user?: User | undefined;
  /** Name of a connection. */
  readonly connection?: string | undefined;
  /** What somebody typed, where no user is known by it. */
  readonly userName?: string | undefined;
  readonly audience?: string | undefined;
  readonly scope?: readonly string[] | undefined;
}

/** The fields of a log event that tell whom it is about. */
export function logSubject(
  { database }: LocalTenantContext,
  subject: LogSubject,
): Omit<LogInput, 'type' | 'description' | 'details'> {
  const { request, client, user, audience, scope } = subject;
  const name = subject.connection ?? user?.identities[0]?.connection;
  const connection = database.state.connections.find((candidate) => candidate.name === name);
  const userName = user?.email ?? user?.name ?? subject.userName;
  return {
    ip: request.ip,
    hostname: request.hostname,
    ...(request.userAgent !== undefined && { user_agent: request.userAgent }),
    ...(client !== undefined && { client_id: client.client_id }),
    client_name: client?.name ?? '',
    ...(user !== undefined && { user_id: user.user_id }),
    ...(userName !== undefined && { user_name: userName }),
    ...(name !== undefined && { connection: name }),
    ...(connection !== undefined && { connection_id: connection.id }),
    strategy: connection?.strategy ?? '',
    strategy_type: connection === undefined ? '' : typeOf(connection.strategy),
    ...(audience !== undefined && { audience }),
    ...(scope !== undefined && { scope: scope.join(' ') }),
  };
}

function typeOf(strategy: string): string {
  if (strategy === 'auth0') return 'database';
  return ['samlp', 'waad', 'adfs', 'oidc', 'okta', 'google-apps', 'ad'].includes(strategy)
    ? 'enterprise'
    : 'social';
}
