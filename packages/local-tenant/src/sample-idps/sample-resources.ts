import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { authenticateCall } from './api.ts';
import type { SampleIdp } from './sample-idp.ts';

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/**
 * Resources below `_sample/` of every sample IdP that no real IdP has: what is needed to see how calls are passed on.
 * They too need a live token. The bodies of their requests are never held in memory.
 */
export function registerSampleResources(
  app: FastifyInstance,
  context: LocalTenantContext,
  idp: SampleIdp,
): void {
  const base = `${idp.endpoints.api}/_sample`;
  app.addHook('preHandler', async (request, reply) => {
    if (authenticateCall(context, idp, request, reply) === undefined) return reply;
  });

  /** Says what arrived: method, path, query, headers (of `authorization` only the scheme), length and hash of the body. */
  app.route({
    method: [...methods],
    url: `${base}/echo`,
    handler: async (request) => {
      const hash = createHash('sha256');
      let length = 0;
      for await (const chunk of request.raw) {
        const bytes = z.instanceof(Uint8Array).parse(chunk);
        hash.update(bytes);
        length += bytes.length;
      }
      const { authorization, ...headers } = request.headers;
      return {
        method: request.method,
        url: request.raw.url,
        headers,
        authorization_scheme: authorization?.split(' ')[0],
        body: { length, sha256: hash.digest('hex') },
      };
    },
  });

  /** `bytes` of a pattern, in chunks of 16 KiB, with a pause of `pause_ms` between them. The body of the request is not looked at. */
  app.route({
    method: [...methods],
    url: `${base}/stream`,
    handler: (request, reply) => {
      const { bytes, pause_ms: pause } = z
        .object({
          bytes: z.coerce.number().int().nonnegative(),
          pause_ms: z.coerce.number().int().default(0),
        })
        .parse(request.query);
      request.raw.resume();
      return reply
        .type('application/octet-stream')
        .send(Readable.from(pattern(bytes, pause), { objectMode: false }));
    },
  });

  app.route({
    method: [...methods],
    url: `${base}/status/:code`,
    handler: (request, reply) => {
      const { code } = z.object({ code: z.coerce.number().int().min(200).max(599) }).parse(request.params);
      return reply.code(code).send(code === 204 || code === 304 ? undefined : { status: code });
    },
  });

  app.get(`${base}/redirect`, (request, reply) => {
    const { to, status } = z
      .object({ to: z.string(), status: z.coerce.number().int().default(302) })
      .parse(request.query);
    return reply.code(status).header('location', to).send();
  });

  /** Redirects to a place that holds the caller's own token, as careless servers do. */
  app.get(`${base}/redirect-with-token`, (request, reply) => {
    const token = request.headers.authorization?.split(' ')[1] ?? '';
    return reply.redirect(`https://elsewhere.example/?access_token=${encodeURIComponent(token)}`);
  });

  /** Gives the caller its own token back, in a header and, in several writings, in the body: as APIs with paging do. */
  app.get(`${base}/reflect`, (request, reply) => {
    const token = request.headers.authorization?.split(' ')[1] ?? '';
    const next = `https://api.example/next?access_token=${encodeURIComponent(token)}&page=2`;
    return reply
      .header('link', `<${next}>; rel="next"`)
      .header('x-harmless', 'kept')
      .send({ paging: { next }, plain: token, base64: Buffer.from(`x:${token}`).toString('base64') });
  });

  /**
   * A part of ten digits, as the header `range` asks for it (RFC 9110 section 14.2), in the content type that `type` names. With
   * `unit` it is said to be a part of something else than bytes, as APIs do that page so.
   */
  app.get(`${base}/part`, (request, reply) => {
    const { type, unit } = z
      .object({ type: z.string(), unit: z.string().default('bytes') })
      .parse(request.query);
    const [, first = '', last = ''] = /^bytes=(\d)-(\d)$/.exec(request.headers.range ?? '') ?? [];
    const digits = '0123456789';
    void reply.header('content-type', type);
    if (first === '') return reply.send(Buffer.from(digits));
    return reply
      .code(206)
      .header('content-range', `${unit} ${first}-${last}/${digits.length}`)
      .send(Buffer.from(digits.slice(Number(first), Number(last) + 1)));
  });

  /** A status that HTTP does not know, as LinkedIn has one. */
  app.get(`${base}/status-999`, (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(999).end();
    return reply;
  });

  /** Status and headers only after `ms`. */
  app.get(`${base}/slow`, async (request) => {
    const { ms } = z.object({ ms: z.coerce.number().int() }).parse(request.query);
    await setTimeout(ms);
    return { slow: ms };
  });

  /** Breaks the connection off: before any answer, after the headers (`after=0`), or in the middle of the body. */
  app.get(`${base}/drop`, (request, reply) => {
    const { after } = z.object({ after: z.coerce.number().int().optional() }).parse(request.query);
    reply.hijack();
    if (after === undefined) return void request.raw.socket.destroy();
    const announced = String(after + 100);
    reply.raw.writeHead(200, { 'content-type': 'text/plain', 'content-length': announced, 'x-idp': 'yes' });
    reply.raw.flushHeaders();
    reply.raw.write('x'.repeat(after), () => request.raw.socket.destroy());
  });

  /** Answers an upload before it is over, and reads no further. */
  app.post(`${base}/too-large`, (_request, reply) => reply.code(413).send({ error: 'too large' }));

  /** Headers that must not come through a relay. */
  app.get(`${base}/headers`, (_request, reply) =>
    reply
      .headers({
        'set-cookie': 'session=1; Path=/',
        'access-control-allow-origin': '*',
        'access-control-allow-credentials': 'true',
        'cache-control': 'public, max-age=3600',
        expires: 'Thu, 01 Jan 2099 00:00:00 GMT',
        'clear-site-data': '"*"',
        'strict-transport-security': 'max-age=1',
        'x-accel-redirect': '/internal/file',
        'x-sendfile': '/etc/hostname',
        'cloudflare-cdn-cache-control': 'max-age=60',
        'referrer-policy': 'unsafe-url',
        'request-id': 'of-the-idp',
        etag: '"1"',
        'x-custom': 'kept',
      })
      .send({ ok: true }),
  );
}

const chunkSize = 16 * 1024;

/** Every byte tells where it is: its value is its position modulo 251. */
async function* pattern(bytes: number, pauseMs: number): AsyncGenerator<Buffer> {
  for (let sent = 0; sent < bytes; sent += chunkSize) {
    if (pauseMs > 0) await setTimeout(pauseMs);
    const chunk = Buffer.alloc(Math.min(chunkSize, bytes - sent));
    for (let index = 0; index < chunk.length; index += 1) chunk[index] = (sent + index) % 251;
    yield chunk;
  }
}
