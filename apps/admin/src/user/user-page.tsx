import { Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { connectionsQuery } from '../connections/connections-query.ts';
import { useRelayClient } from '../session/relay-client-context.ts';
import { PageTitle } from '../page-title.tsx';
import { QueryStates } from '../states/query-states.tsx';
import { BackToUsers } from './back-to-users.tsx';
import { IdentityCard } from './identity-card.tsx';
import { UserHeader } from './user-header.tsx';
import { userQuery } from './user-query.ts';

const route = getRouteApi('/users/$userId');

/** Tokens end while somebody looks: read anew this often (milliseconds). */
const refreshMs = 60_000;

/** One user: which identities can be called, which cannot, why, since when, and what to do. */
export function UserPage() {
  const { userId } = route.useParams();
  const client = useRelayClient();
  const user = useQuery({
    ...userQuery(client, userId),
    refetchInterval: ({ state }) => (state.data === undefined ? false : refreshMs),
  });
  const connections = useQuery(connectionsQuery(client));
  return (
    <Stack>
      <BackToUsers />
      {user.data === undefined && (
        <VisuallyHidden>
          <PageTitle>User</PageTitle>
        </VisuallyHidden>
      )}
      <QueryStates query={user} skeleton={<UserSkeleton />}>
        {(inspected) => (
          <>
            <UserHeader user={inspected.user} identities={inspected.identities} />
            {inspected.identities.length === 0 && <Text>This user has no identity.</Text>}
            {inspected.identities.map((identity) => (
              <IdentityCard
                key={`${identity.connection}|${identity.idp_user_id}`}
                user={inspected.user}
                identity={identity}
                connection={connections.data?.find(({ connection: name }) => name === identity.connection)}
              />
            ))}
          </>
        )}
      </QueryStates>
    </Stack>
  );
}

/** Of the size of a user with two identities, the most usual one. */
function UserSkeleton() {
  return (
    <Stack role="status" aria-busy aria-label="Loading the user">
      <Skeleton height={104} radius="md" />
      <Skeleton height={300} radius="md" />
      <Skeleton height={300} radius="md" />
    </Stack>
  );
}
