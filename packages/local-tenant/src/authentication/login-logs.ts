import { readLoginRequest, type LoginRequest } from '../actions/login-request.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { logSubject, type LogSubject } from '../logs/log-subject.ts';
import type { FastifyRequest } from 'fastify';
import type { AuthorizationRequest } from './authorization-request.ts';

/** Type codes of a browser's login: https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes. */
export type LoginLogType = 's' | 'f' | 'fp' | 'fu' | 'ss' | 'ssa' | 'fsa';

const descriptions: Partial<Record<LoginLogType, string>> = {
  fp: 'Wrong email or password.',
  fu: 'Wrong email or password.',
};

/** Writes the log event of a browser's login, or of its failure. */
export function logLogin(
  context: LocalTenantContext,
  type: LoginLogType,
  subject: LogSubject,
  more: { readonly description?: string; readonly details?: object } = {},
): void {
  const description = more.description ?? descriptions[type] ?? '';
  context.logs.record({
    type,
    description,
    ...logSubject(context, subject),
    details: { ...(description !== '' && { error: { message: description } }), ...more.details },
  });
}

/** The request that began a browser's login, as Actions and logs are told of it. */
export function readAuthorization(httpRequest: FastifyRequest, asked: AuthorizationRequest): LoginRequest {
  return readLoginRequest(httpRequest, { query: asked });
}
