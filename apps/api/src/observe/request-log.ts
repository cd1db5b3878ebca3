import type { FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { Counter, Histogram, type Registry } from 'prom-client';
import { standingHeaders } from '../standing-headers.ts';

/** One line and one measurement for every request, at its end. */
export const requestLog = plugin<{ readonly registry: Registry }>(
  async (app, { registry }) => {
    const requests = new Counter({
      name: 'idp_relay_requests_total',
      help: 'Requests by route, method and status class',
      labelNames: ['route', 'method', 'status'],
      registers: [registry],
    });
    const duration = new Histogram({
      name: 'idp_relay_request_duration_seconds',
      help: 'Time from request to end of answer, by route',
      labelNames: ['route'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [registry],
    });
    // With callbacks, since these run for every request: a promise for each would be most of what they cost.
    app.addHook('onRequest', (request, reply, done) => {
      void reply.headers(standingHeaders(request.id));
      done();
    });
    app.addHook('onResponse', (request, reply, done) => {
      const route = routeOf(request);
      requests.inc({ route, method: request.method, status: `${Math.floor(reply.statusCode / 100)}xx` });
      duration.observe({ route }, reply.elapsedTime / 1000);
      request.log.info(
        {
          method: request.method,
          route,
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime * 10) / 10,
          client: request.verifiedCaller?.clientId,
          user: request.verifiedCaller?.userId,
        },
        'request',
      );
      done();
    });
    app.addHook('onRequestAbort', async (request) => {
      request.log.info({ method: request.method, route: routeOf(request) }, 'the caller hung up');
    });
  },
  { name: 'request-log' },
);

/** The route's pattern: the path itself may hold what belongs to nobody else. */
function routeOf(request: FastifyRequest): string {
  return request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
}
