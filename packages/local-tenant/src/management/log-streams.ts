import { randomInt } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { logCategories } from '../logs/log-categories.ts';
import { contentFormats, type LogStream } from '../logs/log-stream-state.ts';
import { invalidBody, notFound } from './management-error.ts';

const StreamPath = z.object({ id: z.string() });
const Sink = z.strictObject({
  // Auth0 takes https alone; whoever listens to a local tenant listens on the same machine.
  httpEndpoint: z.url().refine(isHttpsOrLoopback, { error: 'must be https, or http on this machine' }),
  httpContentType: z.string().min(1).exactOptional(),
  httpContentFormat: z.enum(contentFormats).exactOptional(),
  httpAuthorization: z.string().exactOptional(),
  httpCustomHeaders: z.array(z.object({ header: z.string().min(1), value: z.string() })).exactOptional(),
});
const Common = z.strictObject({
  name: z.string().min(1).exactOptional(),
  filters: z
    .array(
      z.object({
        type: z.literal('category'),
        name: z.string().refine((name) => logCategories.includes(name), {
          error: `must be one of ${logCategories.join(', ')}`,
        }),
      }),
    )
    .exactOptional(),
  isPriority: z.boolean().exactOptional(),
});
const Creation = Common.extend({
  type: z.literal('http', { error: 'this tenant delivers to http alone' }),
  sink: Sink,
});
const Patch = Common.extend({
  sink: Sink.exactOptional(),
  status: z.enum(['active', 'paused', 'suspended']).exactOptional(),
});

/**
 * Log streams to webhooks. A sink's authorization is shown to whoever may read log streams, as in Auth0.
 * @see https://auth0.com/docs/customize/log-streams/custom-log-streams
 */
export function registerLogStreams(app: FastifyInstance, { database }: LocalTenantContext): void {
  const { state } = database;
  const find = (params: unknown): LogStream => {
    const { id } = StreamPath.parse(params);
    const stream = state.logStreams.find((candidate) => candidate.id === id);
    if (stream === undefined) throw notFound('log stream', 'inexistent_log_stream');
    return stream;
  };

  app.get('/log-streams', { config: { anyScope: ['read:log_streams'] } }, () => state.logStreams);
  app.get('/log-streams/:id', { config: { anyScope: ['read:log_streams'] } }, (request) =>
    find(request.params),
  );
  app.post('/log-streams', { config: { anyScope: ['create:log_streams'] } }, (request, reply) => {
    const parsed = Creation.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    const stream: LogStream = {
      ...parsed.data,
      id: `lst_${String(randomInt(2 ** 47)).padStart(16, '0')}`,
      status: 'active',
    };
    state.logStreams.push(stream);
    database.save();
    // By Auth0's own description a creation answers 200.
    return reply.code(200).send(stream);
  });
  app.patch('/log-streams/:id', { config: { anyScope: ['update:log_streams'] } }, (request) => {
    const stream = find(request.params);
    const parsed = Patch.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    Object.assign(stream, parsed.data);
    database.save();
    return stream;
  });
  app.delete('/log-streams/:id', { config: { anyScope: ['delete:log_streams'] } }, (request, reply) => {
    state.logStreams.splice(state.logStreams.indexOf(find(request.params)), 1);
    database.save();
    return reply.code(204).send();
  });
}

function isHttpsOrLoopback(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback);
}
