import replyFrom from '@fastify/reply-from';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

const environment = z.object({ HOST: z.string(), PORT: z.coerce.number(), UPSTREAM: z.url() });

/** Lets an app pass `/v1/me/idp/github/*` on to the IdP with one fixed token, and listen. That alone is "bare". */
export async function serveReplyFrom(app: FastifyInstance): Promise<void> {
  const { HOST: host, PORT: port, UPSTREAM: base } = environment.parse(process.env);
  await app.register(replyFrom, { base });
  app.get('/healthz', () => ({ ok: true }));
  app.get<{ Params: { '*': string } }>('/v1/me/idp/github/*', (request, reply) =>
    reply.from(`/${request.params['*']}`, {
      rewriteRequestHeaders: (_request, headers) => ({ ...headers, authorization: 'Bearer gho_fixed' }),
    }),
  );
  await app.listen({ host, port });
}
