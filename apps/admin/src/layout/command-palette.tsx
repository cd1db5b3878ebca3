import { useAuth0 } from '@auth0/auth0-react';
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Spotlight, spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { IconLogout, IconMoon, IconPlug, IconSearch, IconServer, IconUsers } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

/** Everything by keyboard: pages, a search for users, colours, the way out. Opens itself when it comes. */
export default function CommandPalette() {
  const navigate = useNavigate();
  const { logout } = useAuth0();
  const { setColorScheme } = useMantineColorScheme();
  const other = useComputedColorScheme('light') === 'dark' ? 'light' : 'dark';
  const [query, setQuery] = useState('');
  useEffect(() => spotlight.open(), []);

  const actions: SpotlightActionData[] = [
    {
      id: 'users',
      label: 'Users',
      leftSection: <IconUsers size={18} aria-hidden />,
      onClick: () => void navigate({ to: '/users' }),
    },
    {
      id: 'connections',
      label: 'Connections',
      leftSection: <IconPlug size={18} aria-hidden />,
      onClick: () => void navigate({ to: '/connections' }),
    },
    {
      id: 'tenant',
      label: 'Tenant',
      leftSection: <IconServer size={18} aria-hidden />,
      onClick: () => void navigate({ to: '/tenant' }),
    },
    {
      id: 'colours',
      label: `Change to ${other} colours`,
      leftSection: <IconMoon size={18} aria-hidden />,
      onClick: () => setColorScheme(other),
    },
    {
      id: 'sign-out',
      label: 'Sign out',
      leftSection: <IconLogout size={18} aria-hidden />,
      onClick: () => void logout({ logoutParams: { returnTo: window.location.origin } }),
    },
  ];
  const search: SpotlightActionData = {
    id: 'search',
    label: `Find users: ${query}`,
    // Matches whatever was typed, so that it is always on offer.
    keywords: [query],
    leftSection: <IconSearch size={18} aria-hidden />,
    onClick: () => void navigate({ to: '/users', search: { q: query } }),
  };
  return (
    <Spotlight
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      actions={query.trim() === '' ? actions : [...actions, search]}
      nothingFound="Nothing found"
      attributes={{ content: { 'aria-label': 'Commands' } }}
      searchProps={{
        placeholder: 'Go to a page, or type a name to find users',
        'aria-label': 'Command',
        leftSection: <IconSearch size={18} aria-hidden />,
      }}
    />
  );
}
