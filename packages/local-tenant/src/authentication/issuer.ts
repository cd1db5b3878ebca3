import type { FastifyRequest } from 'fastify';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { requestRefused } from './authentication-error.ts';

/**
 * The origin through which a request came. The plain one plays the part of a custom domain: tokens bear the issuer
 * of the domain that they were asked for at, as in Auth0.
 * @throws AuthenticationError for a Host that is neither
 */
export function originOf(request: FastifyRequest, { origins }: LocalTenantContext): string {
  const origin = `${request.protocol}://${request.host}`;
  if (origin !== origins.tenantHttps && origin !== origins.tenantHttp)
    throw requestRefused('Unknown domain.');
  return origin;
}

/** The issuer that goes with an origin. */
export function issuerOf(origin: string): string {
  return `${origin}/`;
}
