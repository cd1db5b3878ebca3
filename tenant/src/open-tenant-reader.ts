import { createManagementTokenSource, Secret, systemClock } from '@idp-relay/idp-tokens';
import { createTenantReader, type TenantReader } from '@idp-relay/tenant-doctor';
import type { CommandTarget } from './command-target.ts';

/** Time limit of one request, in milliseconds. */
const timeoutMs = 10_000;

/** Reads a tenant with the credentials of its deploy client. */
export function openTenantReader({ environment: { domain }, credentials }: CommandTarget): TenantReader {
  const reached = { domain, fetch: globalThis.fetch, clock: systemClock, timeoutMs };
  return createTenantReader({
    ...reached,
    tokens: createManagementTokenSource({
      ...reached,
      clientId: credentials.clientId,
      credentials: { method: 'client_secret_post', clientSecret: new Secret(credentials.clientSecret) },
    }),
  });
}
