import plugin from 'fastify-plugin';
import { Problem } from './problems/problem.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** True once the process is asked to end: nothing is taken on any more. */
    isClosing(): boolean;
  }
}

/**
 * Sees to connections while the process ends: each is closed by the answer to what is under way on it, and whoever begins another
 * request on one meanwhile is told to go to another process.
 */
export const closing = plugin(
  async (app) => {
    let isClosing = false;
    app.decorate('isClosing', () => isClosing);
    app.addHook('preClose', async () => {
      isClosing = true;
    });
    app.addHook('onRequest', (request, _reply, done) => {
      done(isClosing && request.routeOptions.config.servedUnderPressure !== true ? refusal() : undefined);
    });
    app.addHook('onSend', (_request, reply, _payload, done) => {
      if (isClosing) void reply.header('connection', 'close');
      done();
    });
    app.addHook('onResponse', (_request, _reply, done) => {
      // Of an answer that had begun before: its head promised that the connection stays.
      if (isClosing) setImmediate(() => app.server.closeIdleConnections());
      done();
    });
  },
  { name: 'closing', dependencies: ['problem-details', 'overload'] },
);

function refusal(): Problem {
  return new Problem(
    'relay_closing',
    'This process of the relay is ending, and took nothing on. Try again on a new connection.',
    { headers: { 'retry-after': '1' } },
  );
}
