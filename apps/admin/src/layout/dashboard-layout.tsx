import {
  ActionIcon,
  Anchor,
  Button,
  Group,
  Kbd,
  Text,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import { CatchBoundary, Link, Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useChanges } from '../changes/use-changes.ts';
import classes from './dashboard-layout.module.css';
import { OperatorMenu } from './operator-menu.tsx';
import { useCommandPalette } from './use-command-palette.ts';

// The palette is not needed to show a page, so it comes after it.
const CommandPalette = lazy(() => import('./command-palette.tsx'));

const pages = [
  { to: '/users', label: 'Users' },
  { to: '/connections', label: 'Connections' },
  { to: '/tenant', label: 'Tenant' },
] as const;

/** Header with the way to every page; the page itself below. */
export function DashboardLayout() {
  const palette = useCommandPalette();
  useChanges();
  return (
    <>
      <a className={classes.skip} href="#content">
        Skip to the content
      </a>
      <header className={classes.header}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="xs" wrap="nowrap">
            <Text fw={700} visibleFrom="sm">
              idp-relay
            </Text>
            <Group component="nav" gap={2} aria-label="Pages">
              {pages.map(({ to, label }) => (
                <Anchor
                  key={to}
                  className={classes.page}
                  underline="never"
                  renderRoot={(props) => <Link to={to} activeProps={{ 'aria-current': 'page' }} {...props} />}
                >
                  {label}
                </Anchor>
              ))}
            </Group>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button
              variant="default"
              size="compact-md"
              onClick={palette.open}
              leftSection={<IconSearch size={16} aria-hidden />}
              visibleFrom="sm"
            >
              Commands <Kbd ml="xs">Ctrl K</Kbd>
            </Button>
            <ColorSchemeToggle />
            <OperatorMenu />
          </Group>
        </Group>
      </header>
      <main id="content" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      {palette.wasOpened && (
        // Everything in it can be had by other ways: where it does not load, the page goes on without it.
        <CatchBoundary getResetKey={() => 'palette'} errorComponent={() => null}>
          <Suspense>
            <CommandPalette />
          </Suspense>
        </CatchBoundary>
      )}
    </>
  );
}

function ColorSchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const current = useComputedColorScheme('light');
  const other = current === 'dark' ? 'light' : 'dark';
  return (
    <Tooltip label={`Change to ${other}`}>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={`Change to ${other} colours`}
        onClick={() => setColorScheme(other)}
      >
        {current === 'dark' ? <IconSun size={18} aria-hidden /> : <IconMoon size={18} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}
