// Bare, and the check of the caller's access token by @fastify/jwt, which remembers the last 1,000 tokens.
import { createPublicKey } from 'node:crypto';
import jwt from '@fastify/jwt';
import Fastify from 'fastify';
import { z } from 'zod';
import { serveReplyFrom } from './reply-from-app.ts';

const { AUTH0_DOMAIN: domain, AUDIENCE: allowedAud } = z
  .object({ AUTH0_DOMAIN: z.string(), AUDIENCE: z.string() })
  .parse(process.env);
const keySet = z.object({ keys: z.tuple([z.looseObject({ kty: z.string() })]) });
const {
  keys: [key],
} = keySet.parse(await (await fetch(`https://${domain}/.well-known/jwks.json`)).json());

const app = Fastify();
await app.register(jwt, {
  secret: {
    public: createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString(),
  },
  verify: { algorithms: ['RS256'], allowedIss: `https://${domain}/`, allowedAud, cache: true },
});
app.addHook('onRequest', async (request) => {
  if (request.routeOptions.url !== '/healthz') await request.jwtVerify();
});
await serveReplyFrom(app);
