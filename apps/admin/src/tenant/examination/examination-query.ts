import type { components, RelayClient } from '@idp-relay/client';
import { queryOptions } from '@tanstack/react-query';

/** What an examination of the tenant came to. */
export type Examination = components['schemas']['TenantExamination'];
/** Something in the tenant that is not as the relay needs it. */
export type Finding = Examination['findings'][number];

/** The relay looks anew once a minute at most, unless it is set otherwise: it costs many requests to Auth0. Milliseconds. */
const lifetimeMs = 60_000;

/** What in the tenant is not as the relay needs it. Not read again unless somebody wants it. */
export function examinationQuery(client: RelayClient) {
  return queryOptions({
    queryKey: ['tenant-examination'],
    staleTime: lifetimeMs,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: async ({ signal }) => {
      const { data } = await client.GET('/v1/tenant/doctor', { signal });
      if (data === undefined) throw new Error('The relay gave no examination.');
      return data;
    },
  });
}
