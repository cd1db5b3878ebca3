import type { TenantReader } from '../src/index.ts';
import type { HealthyTenant } from './healthy-tenant.ts';
import { z } from 'zod';

const Client = z.object({ client_id: z.string() });

/** A reader with these scopes alone, by a client of its own. */
export async function makeReader(
  { api, reader, tenant }: HealthyTenant,
  scope: readonly string[],
): Promise<TenantReader> {
  const { client_id: id } = Client.parse(
    await api('POST', '/clients', {
      name: `with ${scope.join(' ')}`,
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_post',
    }),
  );
  await api('POST', '/client-grants', {
    client_id: id,
    audience: `https://${tenant.domain}/api/v2/`,
    scope,
  });
  return reader({ client: id });
}
