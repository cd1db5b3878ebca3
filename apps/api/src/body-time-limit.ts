import plugin from 'fastify-plugin';
import { isBodyUnread } from './relay/request-body.ts';

/** What the limit is. */
export interface BodyTimeLimitOptions {
  /** How long a body that the relay reads itself may take, in milliseconds. */
  readonly limitMs: number;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body goes on to an IdP as it comes, for as long as it comes. */
    streamsBody?: boolean;
  }
}

/**
 * Breaks off callers who announce a body and do not send it, however slowly they go about it: nobody has to prove who they are
 * before the body is read.
 */
export const bodyTimeLimit = plugin<BodyTimeLimitOptions>(
  async (app, { limitMs }) => {
    app.addHook('onRequest', (request, reply, done) => {
      // In this order: most requests have no body, and the route's options are made anew at each look.
      if (isBodyUnread(request) && request.routeOptions.config.streamsBody !== true) {
        const { raw } = request;
        const limit = setTimeout(() => {
          // Of some methods nobody reads the body, though it is there.
          if (!raw.complete) raw.socket.destroy();
        }, limitMs);
        const end = (): void => clearTimeout(limit);
        raw.once('end', end);
        reply.raw.once('close', end);
      }
      done();
    });
  },
  { name: 'body-time-limit' },
);
