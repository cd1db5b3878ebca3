import type { components, RelayClient } from '@idp-relay/client';
import { queryOptions } from '@tanstack/react-query';

/** A user with their identities, as the API inspects them. */
export type InspectedUser = components['schemas']['User'];
/** One identity of a user, its verdict, and the sign-in that would mend it. */
export type InspectedIdentity = components['schemas']['InspectedIdentity'];

/** One user with all identities. @param userId as Auth0 has it, such as `github|1001` */
export function userQuery(client: RelayClient, userId: string) {
  return queryOptions({
    queryKey: ['user', userId],
    queryFn: async ({ signal }) => {
      const { data } = await client.GET('/v1/users/{user_id}/identities', {
        params: { path: { user_id: userId } },
        signal,
      });
      if (data === undefined) throw new Error('The relay gave no user.');
      return data;
    },
  });
}
