import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { callerOf, userOf } from '../authorize/authorization.ts';
import { Problem } from '../problems/problem.ts';
import { CallerGoneError } from './idp-client.ts';
import { overloaded } from '../overload.ts';
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

/** Routes that pass calls on to IdPs. Bodies are streams here: nothing reads them before they go on. */
export const relayRoutes: FastifyPluginAsyncZod<RelayDependencies> = async (app, dependencies) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));

  const takeOn = limitCalls(dependencies.maxCallsUnderWay);
  const description =
    'Answers what the IdP answers: status, body and rate-limit headers. The header `relay-source` tells the IdP’s answers ' +
    '(`idp`) from the relay’s own (`relay`). `relay-base-url` chooses another base URL of the connection than its first.';

  app.route({
    method: [...methods],
    url: '/v1/me/idp/:connection/*',
    config: { access: { caller: 'user', permission: 'call:idp', idTokens: true } },
    schema: {
      summary: 'Call an IdP as the signed-in user',
      description,
      tags: ['relay'],
      params: z.object({ connection: z.string(), '*': z.string() }),
      querystring: Query,
    },
    handler: async (request, reply) => {
      takeOn(reply);
      const { connection } = request.params;
      return relay(
        request,
        reply,
        userOf(request),
        connection,
        request.query.identity,
        ownSegments,
        dependencies,
      );
    },
  });

  app.route({
    method: [...methods],
    url: '/v1/users/:user_id/idp/:connection/*',
    config: { access: { caller: 'client', permission: 'call:idp_for_users' } },
    schema: {
      summary: 'Call an IdP as any user (backends)',
      description,
      tags: ['relay'],
      params: z.object({ user_id: z.string().min(1), connection: z.string(), '*': z.string() }),
      querystring: Query,
    },
    handler: async (request, reply) => {
      takeOn(reply);
      const { user_id: userId, connection } = request.params;
      return relay(request, reply, userId, connection, request.query.identity, usersSegments, dependencies);
    },
  });
};

function relay(
  request: FastifyRequest,
  reply: FastifyReply,
  userId: string,
  connection: string,
  idpUserId: string | undefined,
  prefixSegments: number,
  dependencies: RelayDependencies,
): Promise<FastifyReply> {
  if (request.headers.upgrade !== undefined) {
    throw new Problem(
      'protocol_upgrade_refused',
      'The relay carries HTTP requests only; leave the upgrade header out.',
    );
  }
  const call = {
    caller: callerOf(request),
    userId,
    connection,
    idpUserId,
    ...splitTarget(request, prefixSegments),
  };
  return relayCall(call, request, reply, dependencies);
}

/**
 * Counts the calls under way, from the request to the end of its answer or of its connection: an answer that waits behind
 * another one on the same connection never hears of that connection's end.
 */
function limitCalls(most: number): (reply: FastifyReply) => void {
  let underWay = 0;
  const callsOf = new WeakMap<Socket, Set<FastifyReply['raw']>>();
  const follow = (socket: Socket): Set<FastifyReply['raw']> => {
    const calls = new Set<FastifyReply['raw']>();
    callsOf.set(socket, calls);
    socket.once('close', () => {
      underWay -= calls.size;
      calls.clear();
    });
    return calls;
  };
  return ({ raw, request }) => {
    const { socket } = request.raw;
    if (socket.destroyed) throw new CallerGoneError('The caller hung up.');
    if (underWay >= most) throw overloaded('Too many calls are under way in this process of the relay.');
    const calls = callsOf.get(socket) ?? follow(socket);
    calls.add(raw);
    underWay += 1;
    raw.once('close', () => {
      if (calls.delete(raw)) underWay -= 1;
    });
  };
}

/**
 * Takes the request target apart as it stood in the request line, by counting segments. The router's own parameters are
 * decoded, and a path that is decoded here and encoded again there can become another one.
 */
function splitTarget(
  request: FastifyRequest,
  prefixSegments: number,
): { relayPrefix: string; rawPath: string; rawQuery: string } {
  const [path = '', ...query] = (request.raw.url ?? '').split('?');
  // A router may look past scheme and host of an absolute target; then the segments counted here would be others.
  if (!path.startsWith('/')) {
    throw new Problem('upstream_path_refused', 'The request target must be a path, without scheme and host.');
  }
  const segments = path.split('/');
  return {
    relayPrefix: segments.slice(0, prefixSegments).join('/'),
    rawPath: `/${segments.slice(prefixSegments).join('/')}`,
    rawQuery: query.join('?'),
  };
}
