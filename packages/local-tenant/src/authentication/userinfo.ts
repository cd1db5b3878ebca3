import type { FastifyInstance } from 'fastify';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { AuthenticationError } from './authentication-error.ts';
import { userClaims } from './id-token.ts';
import { issuerOf, originOf } from './issuer.ts';
import { publicKeys } from './signing-keys.ts';

const Claims = z.object({ sub: z.string(), scope: z.string().default('') });

/** `/userinfo`: the claims that the access token's scopes open. */
export function registerUserinfo(app: FastifyInstance, context: LocalTenantContext): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/userinfo',
    handler: async (request, reply) => {
      const issuer = issuerOf(originOf(request, context));
      const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
      const claims = await verify(context, token, issuer);
      const user = context.database.state.users.find(({ user_id }) => user_id === claims.sub);
      if (user === undefined) throw new AuthenticationError(401, 'invalid_token', 'Unauthorized');
      return reply.send({ sub: user.user_id, ...userClaims(user, claims.scope.split(' ')) });
    },
  });
}

async function verify(
  context: LocalTenantContext,
  token: string,
  issuer: string,
): Promise<z.infer<typeof Claims>> {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(publicKeys(context)), {
      algorithms: ['RS256'],
      issuer,
      audience: `${issuer}userinfo`,
      currentDate: new Date(context.clock.now()),
    });
    return Claims.parse(payload);
  } catch {
    throw new AuthenticationError(401, 'invalid_token', 'Unauthorized');
  }
}
