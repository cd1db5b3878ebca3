import Fastify, { type FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';

/** `/metrics` on an address and a port of its own, so that it need not be reachable where callers are. */
export function buildMetricsServer(registry: Registry): FastifyInstance {
  const app = Fastify({ logger: false });
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  return app;
}
