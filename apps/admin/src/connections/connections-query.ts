import type { components, RelayClient } from '@idp-relay/client';
import { queryOptions } from '@tanstack/react-query';

/** A connection, as the API describes it. */
export type Connection = components['schemas']['Connection'];

/** Every connection that the relay knows of. */
export function connectionsQuery(client: RelayClient) {
  return queryOptions({
    queryKey: ['connections'],
    queryFn: async ({ signal }) => {
      const { data } = await client.GET('/v1/connections', { signal });
      if (data === undefined) throw new Error('The relay gave no connections.');
      return data.connections;
    },
  });
}
