import { useAuth0 } from '@auth0/auth0-react';
import { Button, Popover, Stack, Text } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Who is signed in, and the button that opens the menu. */
export interface OpenedOperatorMenuProps {
  readonly name: string;
  readonly email: string | undefined;
  readonly target: ReactNode;
}

/** The menu itself: a small dialog, since it says something too. It comes opened. */
export default function OpenedOperatorMenu({ name, email, target }: OpenedOperatorMenuProps) {
  const { logout } = useAuth0();
  const signOut = () => void logout({ logoutParams: { returnTo: window.location.origin } });
  return (
    <Popover position="bottom-end" withinPortal defaultOpened trapFocus returnFocus>
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown p="xs">
        <Stack gap="xs">
          <div>
            <Text size="sm">{name}</Text>
            {email !== undefined && email !== name && (
              <Text size="xs" c="dimmed">
                {email}
              </Text>
            )}
          </div>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconLogout size={16} aria-hidden />}
            onClick={signOut}
            data-autofocus
          >
            Sign out
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
