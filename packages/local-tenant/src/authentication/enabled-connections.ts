import { findSampleIdpOf } from '../sample-idps/sample-idp-registry.ts';
import type { SampleIdp } from '../sample-idps/sample-idp.ts';
import type { Client, Connection, TenantState } from '../state/tenant-state.ts';
import type { AuthorizationError } from './authorization-error.ts';

/** A connection of the client, and the sample IdP that it leads to. */
export interface ChosenIdp {
  readonly connection: Connection;
  readonly idp: SampleIdp;
}

/** Connections that are enabled for a client. */
export function connectionsOf(state: TenantState, client: Client): Connection[] {
  return state.connections.filter(
    ({ enabled_clients: enabled }) => enabled === 'all' || enabled.includes(client.client_id),
  );
}

/** Names of the client's connections whose users have a password at the tenant. */
export function databasesOf(state: TenantState, client: Client): string[] {
  return connectionsOf(state, client)
    .filter(({ strategy }) => strategy === 'auth0')
    .map(({ name }) => name);
}

/**
 * The IdP that a client's user wants to sign in through, or why that cannot be, in Auth0's words.
 * @see https://auth0.com/docs/api/authentication
 */
export function chooseIdp(state: TenantState, client: Client, name: string): ChosenIdp | AuthorizationError {
  const connection = state.connections.find((candidate) => candidate.name === name);
  if (connection === undefined)
    return { error: 'invalid_request', error_description: 'the connection was not found' };
  if (!connectionsOf(state, client).includes(connection))
    return { error: 'invalid_request', error_description: 'the connection was disabled' };
  const idp = findSampleIdpOf(connection.strategy);
  if (idp !== undefined) return { connection, idp };
  return {
    error: 'invalid_request',
    error_description: `Nobody can sign in through ${name} here: no sample IdP stands for it.`,
  };
}
