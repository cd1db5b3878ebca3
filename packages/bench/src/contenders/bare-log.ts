// Bare, and one line of pino for each request, as the relay has.
import Fastify, { LogController } from 'fastify';
import { serveReplyFrom } from './reply-from-app.ts';

const app = Fastify({ logger: true, logController: new LogController({ disableRequestLogging: true }) });
app.addHook('onResponse', async (request, reply) => {
  const { method, url } = request.routeOptions;
  request.log.info({ method, route: url, status: reply.statusCode, ms: reply.elapsedTime }, 'request');
});
await serveReplyFrom(app);
