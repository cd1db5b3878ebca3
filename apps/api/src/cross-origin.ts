import cors, { type FastifyCorsOptions, type FastifyCorsOptionsDelegateCallback } from '@fastify/cors';
import plugin from 'fastify-plugin';

/** Lets web apps of the configured origins call the API from a browser. An `OPTIONS` that is no preflight is a call like any other. */
export const crossOrigin = plugin<{ readonly origins: readonly string[] }>(
  async (app, { origins }) => {
    const allowed: FastifyCorsOptions = {
      origin: [...origins],
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      // Which headers an IdP has for its limits and pages cannot be listed; none of them is a secret.
      exposedHeaders: '*',
      maxAge: 600,
      // A preflight without an origin is of no browser; it is answered, and allows nothing.
      strictPreflight: false,
    };
    const choose: FastifyCorsOptionsDelegateCallback = (request, callback) => {
      const isPreflight = request.headers['access-control-request-method'] !== undefined;
      callback(null, request.method === 'OPTIONS' && !isPreflight ? { origin: false } : allowed);
    };
    await app.register(cors, () => choose);
  },
  { name: 'cross-origin' },
);
