import type { FastifyRequest } from 'fastify';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import { publicKeys } from '../authentication/signing-keys.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { ManagementError } from './management-error.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Any one of these scopes opens the operation. */
    anyScope?: readonly string[];
  }
  interface FastifyRequest {
    /** Scopes of the Management API token that the request bears. */
    managementScopes: readonly string[];
    /** The client that the token was issued to. */
    managementClientId: string;
  }
}

const Claims = z
  .object({ scope: z.string().default(''), azp: z.string().default('') })
  .transform(({ scope, azp }) => ({ scopes: scope.split(' '), clientId: azp }));
type Caller = z.infer<typeof Claims>;

/**
 * The client and the scopes of a request's token.
 * @throws ManagementError 401 for a token that is missing or not good, 403 where it opens nothing here
 */
export async function authenticateManagement(
  context: LocalTenantContext,
  request: FastifyRequest,
): Promise<Caller> {
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new ManagementError(401, 'Missing authentication');
  const caller = await verify(context, token);
  const { anyScope = [] } = request.routeOptions.config;
  if (anyScope.length > 0 && !anyScope.some((scope) => caller.scopes.includes(scope))) {
    throw new ManagementError(
      403,
      `Insufficient scope, expected any of: ${anyScope.join(',')}`,
      'insufficient_scope',
    );
  }
  return caller;
}

async function verify(context: LocalTenantContext, token: string): Promise<Caller> {
  const { origins, clock } = context;
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(publicKeys(context)), {
      algorithms: ['RS256'],
      issuer: [`${origins.tenantHttps}/`, `${origins.tenantHttp}/`],
      audience: `${origins.tenantHttps}/api/v2/`,
      currentDate: new Date(clock.now()),
    });
    return Claims.parse(payload);
  } catch {
    throw new ManagementError(401, 'Invalid token');
  }
}
