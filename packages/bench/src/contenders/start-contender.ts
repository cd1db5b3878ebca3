import { join } from 'node:path';
import { audience, relayClientId } from '../ground/bench-tenant.ts';
import type { Ground } from '../ground/ground.ts';
import { startChild, type Child } from '../processes/child.ts';
import { freePort } from '../processes/free-port.ts';

/** Contenders that the relay is measured against; each is a program of its own in this folder. */
export const rivals = ['bare', 'bare-log', 'bare-jwt', 'bare-jwt-log', 'guide'] as const;
export type Rival = (typeof rivals)[number];

/**
 * Starts one of them.
 * @throws BenchError
 */
export async function startRival(
  name: Rival,
  { tenant, upstreamOrigin, environment, folder }: Ground,
): Promise<Child> {
  return startChild({
    name,
    script: join(import.meta.dirname, `${name}.ts`),
    environment: {
      ...environment,
      UPSTREAM: upstreamOrigin,
      AUTH0_DOMAIN: tenant.domain,
      AUTH0_CLIENT_ID: relayClientId,
      AUTH0_CLIENT_SECRET: tenant.clientSecret,
      AUDIENCE: audience,
    },
    origin: `http://127.0.0.1:${await freePort()}`,
    readyPath: '/healthz',
    logFile: join(folder, `${name}.log`),
  });
}
