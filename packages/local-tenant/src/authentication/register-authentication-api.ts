import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { sendAuthenticationError } from './authentication-error.ts';
import { AuthorizationCodes } from './authorization-codes.ts';
import { registerAuthorize } from './authorize.ts';
import { registerDiscovery } from './discovery.ts';
import { registerLogout } from './logout.ts';
import { registerTokenEndpoint } from './token-endpoint.ts';
import { registerUserinfo } from './userinfo.ts';

/** Adds the tenant's Authentication API to an app. */
export function registerAuthenticationApi(app: FastifyInstance, context: LocalTenantContext): void {
  const codes = new AuthorizationCodes(context.clock);
  const { sessions } = context;
  void app.register(async (api) => {
    await api.register(cookie);
    await api.register(formbody);
    // Browsers' apps call these endpoints from their own origins; cookies play no part in them.
    await api.register(cors, {
      origin: '*',
      methods: ['GET', 'POST'],
      allowedHeaders: ['authorization', 'content-type', 'auth0-client'],
    });
    api.setErrorHandler((error, _request, reply) => sendAuthenticationError(error, reply));
    registerDiscovery(api, context);
    registerAuthorize(api, context, codes, sessions);
    registerTokenEndpoint(api, context, codes);
    registerUserinfo(api, context);
    registerLogout(api, context, sessions);
  });
}
