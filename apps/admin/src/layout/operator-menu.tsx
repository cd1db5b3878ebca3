import { useAuth0 } from '@auth0/auth0-react';
import { ActionIcon, Avatar, Menu, Text } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';

/** Who is signed in, and the way out: of the dashboard and of the tenant's session. */
export function OperatorMenu() {
  const { user, logout } = useAuth0();
  const name = user?.name ?? user?.email ?? 'Operator';
  const signOut = () => void logout({ logoutParams: { returnTo: window.location.origin } });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" radius="xl" aria-label={`Signed in as ${name}`}>
          <Avatar name={name} size={30} color="indigo" variant="filled" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm">{name}</Text>
          {user?.email !== undefined && user.email !== name && <Text size="xs">{user.email}</Text>}
        </Menu.Label>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
