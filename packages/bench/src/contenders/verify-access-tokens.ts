import { createPublicKey } from 'node:crypto';
import jwt from '@fastify/jwt';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

const environment = z.object({ AUTH0_DOMAIN: z.string(), AUDIENCE: z.string() });
const keySet = z.object({ keys: z.tuple([z.looseObject({ kty: z.string() })]) });

/** Has an app check the callers' access tokens by @fastify/jwt, which remembers the last 1,000. */
export async function verifyAccessTokens(app: FastifyInstance): Promise<void> {
  const { AUTH0_DOMAIN: domain, AUDIENCE: allowedAud } = environment.parse(process.env);
  const {
    keys: [key],
  } = keySet.parse(await (await fetch(`https://${domain}/.well-known/jwks.json`)).json());
  await app.register(jwt, {
    secret: {
      public: createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString(),
    },
    verify: { algorithms: ['RS256'], allowedIss: `https://${domain}/`, allowedAud, cache: true },
  });
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.url !== '/healthz') await request.jwtVerify();
  });
}
