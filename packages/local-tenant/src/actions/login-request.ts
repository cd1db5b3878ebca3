import type { FastifyRequest } from 'fastify';

/** What Actions and logs are told of the request that began a login, never with a secret in it. */
export interface LoginRequest {
  readonly ip: string;
  readonly hostname: string;
  readonly method: string;
  readonly userAgent: string | undefined;
  readonly language: string | undefined;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

const secrets = new Set([
  'password',
  'client_secret',
  'client_assertion',
  'code',
  'code_verifier',
  'refresh_token',
  'subject_token',
  'actor_token',
]);

/**
 * Reads a request for Actions and logs.
 * @param parameters of the authorization request, or of the token request's body
 */
export function readLoginRequest(
  request: FastifyRequest,
  parameters: { readonly query?: object; readonly body?: object },
): LoginRequest {
  return {
    ip: request.ip,
    hostname: request.hostname,
    method: request.method,
    userAgent: request.headers['user-agent'],
    language: request.headers['accept-language']?.split(',')[0],
    query: withoutSecrets(parameters.query),
    body: withoutSecrets(parameters.body),
  };
}

function withoutSecrets(parameters: object = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).filter(
      ([name, value]) => value !== undefined && value !== '' && !secrets.has(name),
    ),
  );
}
