import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { callerOf, userOf } from '../authorize/authorization.ts';
import { Problem } from '../problems/problem.ts';
import { CallsUnderWay } from './calls-under-way.ts';
import { relayCall, type RelayDependencies } from './relay-call.ts';

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const Query = z.looseObject({
  identity: z
    .string()
    .min(1)
    .optional()
    .describe('IdP user id, where the user has several identities of the connection'),
});

/** Segments of `/v1/me/idp/github`, the empty one in front included. */
const ownSegments = 5;
/** Segments of `/v1/users/github%7C1/idp/github`. */
const usersSegments = 6;

/** Whose identity a call is for. */
interface Addressee {
  readonly userId: string;
  readonly connection: string;
  /** IdP user id. */
  readonly identity: string | undefined;
}

/** Routes that pass calls on to IdPs. Bodies are streams here: nothing reads them before they go on. */
export const relayRoutes: FastifyPluginAsyncZod<RelayDependencies> = async (app, dependencies) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));

  const { maxCallsUnderWay, idpClient } = dependencies;
  const calls = new CallsUnderWay(maxCallsUnderWay, () => idpClient.abandoned());
  const relay = (
    request: FastifyRequest,
    reply: FastifyReply,
    { userId, connection, identity }: Addressee,
    prefixSegments: number,
  ): Promise<FastifyReply> => {
    const signal = calls.begin(reply);
    if (request.headers.upgrade !== undefined) {
      throw new Problem(
        'protocol_upgrade_refused',
        'The relay carries HTTP requests only; leave the upgrade header out.',
      );
    }
    const target = splitTarget(request.raw.url ?? '', prefixSegments);
    const call = { caller: callerOf(request), userId, connection, idpUserId: identity, ...target };
    return relayCall(call, request, reply, signal, dependencies);
  };
  const description =
    'Answers what the IdP answers: status, body and rate-limit headers. The header `relay-source` tells the IdP’s answers ' +
    '(`idp`) from the relay’s own (`relay`). `relay-base-url` chooses another base URL of the connection than its first.';

  app.route({
    method: [...methods],
    url: '/v1/me/idp/:connection/*',
    config: { access: { caller: 'user', permission: 'call:idp', idTokens: true }, streamsBody: true },
    schema: {
      summary: 'Call an IdP as the signed-in user',
      description,
      tags: ['relay'],
      params: z.object({ connection: z.string(), '*': z.string() }),
      querystring: Query,
    },
    handler: async (request, reply) => {
      const { connection } = request.params;
      const { identity } = request.query;
      return relay(request, reply, { userId: userOf(request), connection, identity }, ownSegments);
    },
  });

  app.route({
    method: [...methods],
    url: '/v1/users/:user_id/idp/:connection/*',
    config: { access: { caller: 'client', permission: 'call:idp_for_users' }, streamsBody: true },
    schema: {
      summary: 'Call an IdP as any user (backends)',
      description,
      tags: ['relay'],
      params: z.object({ user_id: z.string().min(1), connection: z.string(), '*': z.string() }),
      querystring: Query,
    },
    handler: async (request, reply) => {
      const { user_id: userId, connection } = request.params;
      const { identity } = request.query;
      return relay(request, reply, { userId, connection, identity }, usersSegments);
    },
  });
};

/**
 * Takes the request target apart as it stood in the request line, by counting segments. The router's own parameters are
 * decoded, and a path that is decoded here and encoded again there can become another one.
 */
function splitTarget(
  target: string,
  prefixSegments: number,
): { relayPrefix: string; rawPath: string; rawQuery: string } {
  // A router may look past scheme and host of an absolute target; then the segments counted here would be others.
  if (!target.startsWith('/')) {
    throw new Problem('upstream_path_refused', 'The request target must be a path, without scheme and host.');
  }
  const queryAt = target.indexOf('?');
  const path = queryAt === -1 ? target : target.slice(0, queryAt);
  let prefixEnd = 0;
  for (let segment = 1; segment < prefixSegments; segment += 1) {
    const slash = path.indexOf('/', prefixEnd + 1);
    prefixEnd = slash === -1 ? path.length : slash;
  }
  return {
    relayPrefix: path.slice(0, prefixEnd),
    rawPath: path.slice(prefixEnd) || '/',
    rawQuery: queryAt === -1 ? '' : target.slice(queryAt + 1),
  };
}
