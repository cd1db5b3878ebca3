import type { FastifyReply } from 'fastify';
import { readRefusedBody } from '../refused-body.ts';
import { reportBug } from '../report-bug.ts';

/** An error of the token endpoint and its neighbours, in Auth0's words. */
export class AuthenticationError extends Error {
  readonly status: number;
  /** RFC 6749 section 5.2, or Auth0's own. */
  readonly code: string;
  constructor(status: number, code: string, description: string) {
    super(description);
    this.name = 'AuthenticationError';
    this.status = status;
    this.code = code;
  }
}

/** Wrong client id, secret or assertion. */
export const clientRefused = (): AuthenticationError =>
  new AuthenticationError(401, 'access_denied', 'Unauthorized');

/** A code, refresh token or password that is not good, or not for this client. */
export const grantRefused = (description: string): AuthenticationError =>
  new AuthenticationError(403, 'invalid_grant', description);

/** A request that lacks something. */
export const requestRefused = (description: string): AuthenticationError =>
  new AuthenticationError(400, 'invalid_request', description);

/** Sends whatever was thrown as Auth0 sends errors. */
export function sendAuthenticationError(thrown: unknown, reply: FastifyReply): FastifyReply {
  const error = toAuthenticationError(thrown);
  return reply
    .code(error.status)
    .header('cache-control', 'no-store')
    .send({ error: error.code, error_description: error.message });
}

function toAuthenticationError(thrown: unknown): AuthenticationError {
  if (thrown instanceof AuthenticationError) return thrown;
  const refused = readRefusedBody(thrown);
  if (refused !== undefined)
    return new AuthenticationError(refused.status, 'invalid_request', refused.reason);
  reportBug(thrown);
  return new AuthenticationError(500, 'server_error', 'Internal error');
}
