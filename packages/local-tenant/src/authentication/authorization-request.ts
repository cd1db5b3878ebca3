import { z } from 'zod';
import type { Client, TenantState } from '../state/tenant-state.ts';
import type { AuthorizationError } from './authorization-error.ts';
import { chooseIdp, databasesOf } from './enabled-connections.ts';

/** The parameters of `/authorize` that the tenant acts on. */
export const AuthorizationRequest = z.object({
  client_id: z.string(),
  redirect_uri: z.string(),
  response_type: z.string().default(''),
  response_mode: z.enum(['query', 'form_post', 'web_message']).optional().catch(undefined),
  scope: z.string().default(''),
  state: z.string().optional(),
  nonce: z.string().optional(),
  audience: z.string().min(1).optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.string().optional(),
  connection: z.string().min(1).optional(),
  connection_scope: z.string().optional(),
  access_type: z.string().optional(),
  prompt: z.string().optional(),
  login_hint: z.string().optional(),
  max_age: z.coerce.number().optional().catch(undefined),
});
export type AuthorizationRequest = z.infer<typeof AuthorizationRequest>;

/**
 * The client of a request, when both it and the place to answer to are registered. Without that nothing is redirected.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.2.1
 */
export function findClient(state: TenantState, request: AuthorizationRequest): Client | undefined {
  const client = state.clients.find((candidate) => candidate.client_id === request.client_id);
  return client?.callbacks?.includes(request.redirect_uri) === true ? client : undefined;
}

/** What is wrong with an otherwise answerable request. */
export function findError(
  state: TenantState,
  client: Client,
  request: AuthorizationRequest,
): AuthorizationError | undefined {
  if (request.response_type !== 'code') {
    return {
      error: 'unsupported_response_type',
      error_description: `Unsupported response type: ${request.response_type}`,
    };
  }
  if (request.code_challenge !== undefined && request.code_challenge_method !== 'S256') {
    return { error: 'invalid_request', error_description: 'Only code_challenge_method=S256 is supported.' };
  }
  if (request.code_challenge === undefined && client.token_endpoint_auth_method === 'none') {
    return {
      error: 'invalid_request',
      error_description: 'Parameter code_challenge is required for this client.',
    };
  }
  if (
    request.audience !== undefined &&
    !state.resourceServers.some(({ identifier }) => identifier === request.audience)
  ) {
    return { error: 'access_denied', error_description: `Service not found: ${request.audience}` };
  }
  if (request.connection !== undefined && !databasesOf(state, client).includes(request.connection)) {
    const chosen = chooseIdp(state, client, request.connection);
    if ('error' in chosen) return chosen;
  }
  return undefined;
}
