import Fastify, { LogController, type FastifyInstance } from 'fastify';

/** An app that writes one line of pino for each request, as the relay does. */
export function createLoggingApp(): FastifyInstance {
  const app = Fastify({ logger: true, logController: new LogController({ disableRequestLogging: true }) });
  app.addHook('onResponse', async (request, reply) => {
    const { method, url } = request.routeOptions;
    request.log.info({ method, route: url, status: reply.statusCode, ms: reply.elapsedTime }, 'request');
  });
  return app;
}
