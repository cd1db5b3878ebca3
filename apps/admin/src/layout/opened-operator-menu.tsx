import { useAuth0 } from '@auth0/auth0-react';
import { Menu, Text } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Who is signed in, and the button that opens the menu. */
export interface OpenedOperatorMenuProps {
  readonly name: string;
  readonly email: string | undefined;
  readonly target: ReactNode;
}

/** The menu itself. It comes opened. */
export default function OpenedOperatorMenu({ name, email, target }: OpenedOperatorMenuProps) {
  const { logout } = useAuth0();
  const signOut = () => void logout({ logoutParams: { returnTo: window.location.origin } });
  return (
    <Menu position="bottom-end" withinPortal defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm">{name}</Text>
          {email !== undefined && email !== name && <Text size="xs">{email}</Text>}
        </Menu.Label>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
