import type { FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import type { VerifiedCaller } from '../authenticate/verified-caller.ts';
import { Problem } from '../problems/problem.ts';
import type { Permission } from './permission.ts';

/**
 * Who may use a route.
 * - `public`: anybody, without a token
 * - otherwise a caller, of the kind that the route is for, with the permission it needs
 */
export type RouteAccess =
  | 'public'
  | {
      readonly caller: 'user' | 'client' | 'any';
      /** Left out: any valid token of that kind will do. */
      readonly permission?: Permission;
      /** Only routes that say so take ID tokens. */
      readonly idTokens?: boolean;
    };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A route without it is nobody's: it answers 404. */
    access?: RouteAccess;
  }
  interface FastifyRequest {
    /** Set on every route that is not public. Read it by {@link callerOf}. */
    verifiedCaller: VerifiedCaller | undefined;
  }
}

/** Authenticates and authorizes every request by what its route says, before anything else happens to it. */
export const authorization = plugin(
  async (app) => {
    app.decorateRequest('verifiedCaller', undefined);
    // With a callback: most callers were verified before, and need no promise.
    app.addHook('onRequest', (request, _reply, done) => {
      const { access } = request.routeOptions.config;
      if (request.is404 || access === 'public') {
        done();
        return;
      }
      const admit = (caller: VerifiedCaller): void => {
        authorize(caller, access);
        request.verifiedCaller = caller;
      };
      const caller = app.verifyCaller(request);
      if (caller instanceof Promise) caller.then(admit).then(() => done(), done);
      else {
        admit(caller);
        done();
      }
    });
  },
  { name: 'authorization', dependencies: ['authentication', 'problem-details'] },
);

/** The caller that the hook let through. */
export function callerOf(request: FastifyRequest): VerifiedCaller {
  if (request.verifiedCaller === undefined)
    throw new Problem('access_token_missing', 'The route needs an access token.');
  return request.verifiedCaller;
}

/** The user that a caller is. */
export function userOf(request: FastifyRequest): string {
  const { userId } = callerOf(request);
  if (userId === undefined)
    throw new Problem('user_token_required', 'This route speaks of the signed-in user.');
  return userId;
}

function authorize(caller: VerifiedCaller, access: Exclude<RouteAccess, 'public'> | undefined): void {
  if (access === undefined)
    throw new Problem('route_not_found', 'There is no such route. See /openapi.json.');
  if (caller.tokenKind === 'id_token' && access.idTokens !== true) {
    throw new Problem(
      'id_token_not_accepted',
      'Send an access token of the relay’s audience: ID tokens are taken on /v1/me only.',
    );
  }
  if (access.caller === 'user' && caller.kind !== 'user') {
    throw new Problem('user_token_required', 'The token is of a client. Backends use /v1/users/{user_id}/….');
  }
  if (access.caller === 'client' && caller.kind !== 'client') {
    throw new Problem('client_token_required', 'Calls for any user need a token of client credentials.');
  }
  if (access.permission !== undefined && !caller.permissions.has(access.permission)) {
    throw new Problem(
      'permission_missing',
      `The token lacks the permission ${access.permission}. ` +
        'Users get it by a role, backends by their client grant; then get a new access token.',
      {
        members: { missing_permission: access.permission },
        headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${access.permission}"` },
      },
    );
  }
}
