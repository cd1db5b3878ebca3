import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { BenchError } from '../bench-error.ts';
import { keepTrack, stopChild } from '../processes/child.ts';

/** Audience of the relay's API in the tenant. */
export const audience = 'https://idp-relay.example/api';
/** The client that reads IdP tokens: the relay's, and the guide's. */
export const relayClientId = 'benchRelayClient';
/** The client that users have signed in to. */
export const productClientId = 'benchProductClient';

const TenantFacts = z.object({
  domain: z.string(),
  idpsOrigin: z.string(),
  controlOrigin: z.string(),
  authorityFile: z.string(),
  clientSecret: z.string(),
  signingKey: z.object({ kid: z.string(), jwk: z.looseObject({ kty: z.string() }) }),
});
/** Where the tenant is, and what it takes to call it and to sign as it. */
export type TenantFacts = z.infer<typeof TenantFacts>;

/** The tenant's side of a rate limit: Auth0's plans, as the local tenant knows them. */
export type Plan = 'enterprise-production' | 'unlimited';

/** The local tenant in a process of its own. */
export interface BenchTenant extends TenantFacts {
  /** Requests that its Management API has seen since {@link BenchTenant.forgetRequests}. */
  managementRequests(): Promise<number>;
  /** Requests that the token endpoint of its Google has seen since then. */
  renewalRequests(): Promise<number>;
  forgetRequests(): Promise<void>;
  /** Fills the Management API's bucket, and limits it from now on. */
  setPlan(plan: Plan): Promise<void>;
  /** Adds latency to paths of a service, in milliseconds. */
  delay(
    service: 'authentication' | 'management' | 'idps',
    pathPrefix: string,
    delayMs: number,
  ): Promise<void>;
  /** Ends all delays. */
  endDelays(): Promise<void>;
  stop(): Promise<void>;
}

/** Path of the token endpoint at the tenant's Google. */
export const renewalPath = '/google-oauth2/token';

/** User ids to begin with. */
export interface BenchUsers {
  /** Each has a token of GitHub. */
  readonly users: readonly string[];
  /** Each has a token of Google that has ended, and a refresh token. */
  readonly endedUsers: readonly string[];
}

/**
 * Starts the tenant with these users. Its certificates are in the folder.
 * @throws BenchError
 */
export async function startBenchTenant(
  folder: string,
  { users, endedUsers }: BenchUsers,
): Promise<BenchTenant> {
  const child = fork(join(import.meta.dirname, '..', 'processes', 'tenant.ts'), {
    env: {
      PATH: process.env.PATH,
      TENANT_FOLDER: folder,
      USERS: JSON.stringify(users),
      ENDED_USERS: JSON.stringify(endedUsers),
    },
  });
  keepTrack(child);
  const said: readonly unknown[] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new BenchError('The local tenant did not start.');
    }),
  ]);
  const facts = TenantFacts.parse(said[0]);
  const control = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${facts.controlOrigin}${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new BenchError(`The local tenant answers ${answer.status} to ${method} ${path}.`);
    return answer.status === 204 ? undefined : answer.json();
  };
  const count = async (query: string): Promise<number> =>
    z.object({ count: z.number() }).parse(await control('GET', `/requests?${query}`)).count;
  return {
    ...facts,
    managementRequests: () => count('service=management'),
    renewalRequests: () => count(`service=idps&path_prefix=${renewalPath}`),
    forgetRequests: async () => {
      await control('DELETE', '/requests');
    },
    setPlan: async (plan) => {
      await control('PUT', '/rate-limit', { plan });
    },
    delay: async (service, pathPrefix, delayMs) => {
      await control('POST', '/faults', { service, path_prefix: pathPrefix, delay_ms: delayMs });
    },
    endDelays: async () => {
      await control('DELETE', '/faults');
    },
    stop: () => stopChild(child),
  };
}
