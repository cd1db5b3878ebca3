import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { DisturbableService } from './faults.ts';

/** Counts each request of an app, and lets the faults in force hit it before any route sees it. */
export function applyFaults(
  app: FastifyInstance,
  context: LocalTenantContext,
  serviceOf: (path: string) => DisturbableService,
): void {
  const losing = new WeakSet<FastifyRequest>();
  app.addHook('onSend', async (request) => {
    if (losing.has(request)) request.raw.socket.destroy();
  });
  app.addHook('onRequest', async (request, reply) => {
    const [path = ''] = request.url.split('?');
    const fault = context.faults.next(serviceOf(path), request.method, path);
    if (fault === undefined) return;
    if (fault.delayMs !== undefined) await setTimeout(fault.delayMs);
    if (fault.dropConnection === true) {
      request.raw.socket.destroy();
      return reply.hijack();
    }
    if (fault.loseAnswer === true) losing.add(request);
    if (fault.status !== undefined) {
      return reply
        .code(fault.status)
        .headers(fault.headers ?? {})
        .send({ statusCode: fault.status, error: 'Disturbed', message: 'A fault is in force.' });
    }
  });
}
