import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { PageTitle } from '../page-title.tsx';

/** What an address that leads nowhere shows. */
export function PageNotFound() {
  return (
    <Stack>
      <PageTitle>No such page</PageTitle>
      <Text>
        Nothing is at this address. Go to{' '}
        <Anchor renderRoot={(props) => <Link to="/users" {...props} />}>all users</Anchor>.
      </Text>
    </Stack>
  );
}
