import type { RelayClient } from '@idp-relay/client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { usersPerPage, type UserFilters } from './user-filters.ts';

/** One page of users who match. The last one stays until the next is there, so that nothing jumps. */
export function usersQuery(client: RelayClient, { q = '', connection, state, page = 1 }: UserFilters) {
  return queryOptions({
    queryKey: ['users', { q, connection, state, page }],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = {
        q,
        page: page - 1,
        per_page: usersPerPage,
        ...(connection !== undefined && { connection }),
        ...(state !== undefined && { state }),
      };
      const { data } = await client.GET('/v1/users', { params: { query }, signal });
      if (data === undefined) throw new Error('The relay gave no users.');
      return data;
    },
  });
}
