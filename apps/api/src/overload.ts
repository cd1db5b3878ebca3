import underPressure from '@fastify/under-pressure';
import plugin from 'fastify-plugin';
import { Problem } from './problems/problem.ts';

/** When a process takes nothing on. */
export interface OverloadOptions {
  /** Milliseconds that the event loop may lag behind. */
  readonly maxEventLoopDelayMs: number;
}

/**
 * How often the lag is looked at, in milliseconds; the load is back to normal at most so long before that is noticed. A shorter
 * interval can pass without any sample, which the plugin takes for an endless lag.
 */
const sampleIntervalMs = 1_000;
const retryAfterSeconds = 1;

/**
 * Refuses requests while the process lags behind, instead of making all of them wait. Those of health checks are answered
 * all the same: a process that is busy is neither dead nor broken.
 */
export const overload = plugin<OverloadOptions>(
  async (app, { maxEventLoopDelayMs }) => {
    await app.register(underPressure, {
      maxEventLoopDelay: maxEventLoopDelayMs,
      sampleInterval: sampleIntervalMs,
      pressureHandler: (request) => {
        if (request.routeOptions.config.servedUnderPressure !== true)
          throw overloaded('This process of the relay lags behind.');
      },
    });
  },
  { name: 'overload', dependencies: ['problem-details'] },
);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Such a route is served whatever the load. */
    servedUnderPressure?: boolean;
  }
}

/** A 503 for what is not taken on. @param reason what there is too much of */
export function overloaded(reason: string): Problem {
  return new Problem('relay_overloaded', `${reason} Nothing was sent to the IdP; try again in a moment.`, {
    headers: { 'retry-after': String(retryAfterSeconds) },
  });
}
