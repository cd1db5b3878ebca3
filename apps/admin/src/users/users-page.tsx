import { Group, Pagination, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { PageTitle } from '../page-title.tsx';
import { useRelayClient } from '../session/relay-client-context.ts';
import { QueryStates } from '../states/query-states.tsx';
import { isFiltered, lastPage, usersPerPage, type UserFilters } from './user-filters.ts';
import { UserList, UserListSkeleton } from './user-list.tsx';
import { UserSearch } from './user-search.tsx';
import { usersQuery } from './users-query.ts';
import { NoUsers } from './no-users.tsx';

const route = getRouteApi('/users');

/** After the last key this long (milliseconds) until the search begins: short enough to feel at once. */
const typingPauseMs = 120;

/** Finds users, and shows at a glance which of their identities can be called. */
export function UsersPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const client = useRelayClient();
  const [typed, setTyped] = useState(filters.q ?? '');
  const [settled] = useDebouncedValue(typed, typingPauseMs);

  const change = (changed: Partial<UserFilters>) =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...changed }), replace: true });
  useEffect(() => {
    if (settled !== (filters.q ?? '')) change({ q: settled === '' ? undefined : settled });
    // Only typing moves the address; the address moving (back, a link) is heard below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  const [addressed, setAddressed] = useState(filters.q);
  if (filters.q !== addressed) {
    setAddressed(filters.q);
    if ((filters.q ?? '') !== settled) setTyped(filters.q ?? '');
  }

  const users = useQuery(usersQuery(client, filters));
  return (
    <Stack>
      <PageTitle>Users</PageTitle>
      <UserSearch typed={typed} onTyped={setTyped} filters={filters} onChange={change} />
      <QueryStates query={users} skeleton={<UserListSkeleton />}>
        {(found) => (
          // Until those are there who match what was just chosen, the others stay, and are seen to be on their way out.
          <Stack aria-busy={users.isPlaceholderData} opacity={users.isPlaceholderData ? 0.5 : 1}>
            <Text size="sm" c="dimmed" role="status">
              {users.isPlaceholderData ? 'Searching …' : describeCount(found)}
            </Text>
            {found.users.length === 0 ? (
              <NoUsers
                reason={found.total > 0 ? 'beyond' : isFiltered(filters) ? 'filtered' : 'none'}
                onClear={() => {
                  setTyped('');
                  change({ q: undefined, connection: undefined, state: undefined });
                }}
                onFirstPage={() => change({})}
              />
            ) : (
              <UserList users={found.users} />
            )}
            {found.total > usersPerPage && (
              <Group justify="center">
                <Pagination
                  total={Math.min(lastPage, Math.ceil(found.total / usersPerPage))}
                  value={filters.page ?? 1}
                  onChange={(page) => change({ page })}
                  getControlProps={(control) => ({ 'aria-label': `${control} page` })}
                />
              </Group>
            )}
          </Stack>
        )}
      </QueryStates>
    </Stack>
  );
}

interface Count {
  readonly total: number;
  readonly searched: number;
  readonly matching: number;
}

/** A search by state looks at the first few hundred users only, and says so. */
function describeCount({ total, searched, matching }: Count): string {
  const users = total === 1 ? '1 user' : `${total} users`;
  if (searched < matching)
    return `${users} among the first ${searched} of ${matching}. Type a name to look at the others.`;
  const listed = usersPerPage * lastPage;
  return total > listed ? `${users}. The first ${listed} are listed: type a name to find the others.` : users;
}
