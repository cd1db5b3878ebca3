import type { components, RelayClient } from '@idp-relay/client';
import { queryOptions } from '@tanstack/react-query';

/** What the relay says of its tenant. */
export type Tenant = components['schemas']['Tenant'];

/** What is provisioned, and whether it is right. */
export function tenantQuery(client: RelayClient) {
  return queryOptions({
    queryKey: ['tenant'],
    queryFn: async ({ signal }) => {
      const { data } = await client.GET('/v1/tenant', { signal });
      if (data === undefined) throw new Error('The relay gave no tenant.');
      return data;
    },
  });
}
