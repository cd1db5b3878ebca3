import { z } from 'zod';
import type { Client } from '../state/tenant-state.ts';
import { invalidBody, ManagementError } from './management-error.ts';

/** Fields of a client that can be changed only under a scope of their own. */
const scopes: Readonly<Record<string, string>> = {
  client_authentication_methods: 'update:client_credentials',
  token_vault_privileged_access: 'update:client_token_vault_privileged_access',
};

const ByKey = z.object({
  client_authentication_methods: z.object({
    private_key_jwt: z.object({ credentials: z.array(z.object({ id: z.string() })) }),
  }),
  credentials: z.array(z.object({ id: z.string() })).default([]),
  jwt_configuration: z.object({ alg: z.string().optional() }).optional(),
});

/**
 * Lets a change of a client through only if the caller has the scope that each field needs.
 * @throws ManagementError 403
 */
export function requireFieldScopes(
  changes: Readonly<Record<string, unknown>>,
  granted: readonly string[],
): void {
  const lacking = Object.keys(changes)
    .flatMap((field) => scopes[field] ?? [])
    .find((scope) => !granted.includes(scope));
  if (lacking !== undefined)
    throw new ManagementError(403, `Insufficient scope, expected any of: ${lacking}`, 'insufficient_scope');
}

/**
 * A client that authenticates by keys has these keys, signs by RS256, and has no other method.
 * @throws ManagementError 400
 * @see https://auth0.com/docs/get-started/applications/configure-private-key-jwt
 */
export function requireAuthenticationMethods(client: Client): void {
  const byKey = ByKey.safeParse(client).data;
  if (byKey === undefined) return;
  const { credentials: enabled } = byKey.client_authentication_methods.private_key_jwt;
  if (!enabled.every(({ id }) => byKey.credentials.some((known) => known.id === id)))
    throw invalidBody('client_authentication_methods names a credential that the client does not have');
  if ((client.token_endpoint_auth_method ?? null) !== null)
    throw invalidBody('client_authentication_methods and token_endpoint_auth_method exclude each other');
  if (byKey.jwt_configuration?.alg !== 'RS256')
    throw invalidBody('client_authentication_methods need jwt_configuration.alg to be RS256');
}
