import { readLoginRequest, type LoginRequest } from '../actions/login-request.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { logSubject, type LogSubject } from '../logs/log-subject.ts';
import type { FastifyRequest } from 'fastify';
import type { AuthorizationError } from './authorization-error.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/** Type codes of a browser's login: https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes. */
export type LoginLogType = 's' | 'f' | 'fp' | 'fu' | 'ss' | 'ssa' | 'fsa';

const wrongPassword = { error: 'invalid_grant', error_description: 'Wrong email or password.' };
const errors: Partial<Record<LoginLogType, AuthorizationError>> = { fp: wrongPassword, fu: wrongPassword };

/** Writes the log event of a browser's login, or of its failure. */
export function logLogin(
  context: LocalTenantContext,
  type: LoginLogType,
  subject: LogSubject,
  more: { readonly error?: AuthorizationError; readonly details?: object } = {},
): void {
  const { error = errors[type] } = more;
  context.logs.record({
    type,
    description: error?.error_description ?? '',
    ...logSubject(context, subject),
    details: {
      ...(error !== undefined && {
        error: { message: error.error_description, oauthError: error.error },
      }),
      ...more.details,
    },
  });
}

/** The request that began a browser's login, as Actions and logs are told of it. */
export function readAuthorization(httpRequest: FastifyRequest, asked: AuthorizationRequest): LoginRequest {
  return readLoginRequest(httpRequest, { query: asked });
}
