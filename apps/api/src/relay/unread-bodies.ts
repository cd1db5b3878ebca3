import plugin from 'fastify-plugin';
import { isBodyUnread } from './request-body.ts';

/**
 * Ends the connection with an answer that comes before the request's whole body was read: what is left of the body would be
 * taken for the next request, or wait for a reader for ever.
 * @see https://datatracker.ietf.org/doc/html/rfc9112#section-9.3
 */
export const unreadBodies = plugin(
  async (app) => {
    app.addHook('onSend', (request, reply, _payload, done) => {
      if (isBodyUnread(request)) void reply.header('connection', 'close');
      done();
    });
  },
  { name: 'unread-bodies' },
);
