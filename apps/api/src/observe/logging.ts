import { randomUUID } from 'node:crypto';
import { LogController, type FastifyServerOptions } from 'fastify';
import { redact } from './redact.ts';

/**
 * Fastify's options for logs: one JSON line an event, a request id that the caller may send, no query string
 * (queries carry tokens and personal data) and no headers.
 * @param level pino's level
 */
export function loggingOptions(
  level: string,
  stream?: { write(line: string): void },
): Pick<
  FastifyServerOptions,
  'logger' | 'genReqId' | 'requestIdHeader' | 'logController' | 'disableRequestLogging'
> {
  return {
    logger: {
      level,
      ...(stream && { stream }),
      formatters: { log: redact },
      serializers: {
        req: (request) => ({ method: request.method, path: request.url.split('?')[0] }),
        res: (reply) => ({ status: reply.statusCode }),
        // An error may carry the request it failed on; its class and code are enough.
        err: (error) => ({ type: error.name, message: '', stack: '', code: error.code }),
      },
    },
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    logController: new LogController({ disableRequestLogging: true }),
  };
}
