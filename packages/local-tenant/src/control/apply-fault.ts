import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { DisturbableService, Fault } from './faults.ts';

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
      return sendFault(request, reply, fault, fault.status);
    }
  });
}

const ofTheRequest = '{request}';

async function sendFault(
  request: FastifyRequest,
  reply: FastifyReply,
  { headers = {}, body }: Fault,
  status: number,
): Promise<FastifyReply> {
  const repeats = [body, ...Object.values(headers)].some((text) => text?.includes(ofTheRequest));
  const borne = repeats ? await readRequest(request) : '';
  const fillIn = (text: string): string => text.replaceAll(ofTheRequest, () => borne);
  for (const [name, value] of Object.entries(headers)) void reply.header(name, fillIn(value));
  return reply
    .code(status)
    .send(
      body === undefined
        ? { statusCode: status, error: 'Disturbed', message: 'A fault is in force.' }
        : fillIn(body),
    );
}

/** What a request bears, in one line. Read from the connection: a request that gets a fault is never parsed. */
async function readRequest(request: FastifyRequest): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request.raw) chunks.push(z.instanceof(Uint8Array).parse(chunk));
  const parts = [request.headers.authorization, request.url.split('?')[1], Buffer.concat(chunks).toString()];
  return JSON.stringify(parts.filter((part) => part !== undefined && part !== '').join(' ')).slice(1, -1);
}
