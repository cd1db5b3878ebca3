import type { components } from '@idp-relay/client';
import { Avatar, Badge, Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { KeyboardEvent } from 'react';
import { VerdictBadge } from '../verdict/verdict-badge.tsx';
import classes from './user-list.module.css';

type ListedUser = components['schemas']['ListedUser'];

/** Users with a badge for each identity; each row leads to its user. Arrow keys go up and down. */
export function UserList({ users }: { readonly users: readonly ListedUser[] }) {
  return (
    <Stack component="ul" gap="xs" className={classes.list} aria-label="Users" onKeyDown={moveByArrows}>
      {users.map((user) => (
        <li key={user.user_id}>
          <UserRow user={user} />
        </li>
      ))}
    </Stack>
  );
}

/** Names come from IdPs and are whatever somebody typed there: they are shown as text, and pictures not at all. */
function UserRow({ user }: { readonly user: ListedUser }) {
  const name = user.name ?? user.email ?? user.user_id;
  return (
    <Paper
      withBorder
      p="sm"
      className={classes.row}
      renderRoot={(props) => <Link to="/users/$userId" params={{ userId: user.user_id }} {...props} />}
    >
      <Group justify="space-between" gap="xs">
        <Group gap="sm" wrap="nowrap" miw={0}>
          <Avatar name={name} color="initials" aria-hidden />
          <div>
            <Group gap="xs">
              <Text fw={600}>{name}</Text>
              {user.blocked && (
                <Badge color="red" variant="outline" tt="none">
                  Blocked
                </Badge>
              )}
            </Group>
            <Text size="sm" c="dimmed">
              {user.email === undefined || user.email === name ? user.user_id : user.email}
            </Text>
          </div>
        </Group>
        <Group gap={6}>
          {user.identities.map(({ connection, display_name: displayName, idp_user_id: id, state }) => (
            <VerdictBadge key={`${connection}|${id}`} state={state} of={displayName ?? connection} />
          ))}
        </Group>
      </Group>
    </Paper>
  );
}

/** As many rows as a page usually has, so that nothing moves when the users come. */
export function UserListSkeleton() {
  return (
    <Stack gap="xs" aria-label="Loading users" aria-busy role="status">
      {Array.from({ length: 8 }, (_none, row) => (
        <Skeleton key={row} height={66} radius="md" />
      ))}
    </Stack>
  );
}

function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const rows = [...event.currentTarget.querySelectorAll('a')];
  const next = rows[rows.findIndex((row) => row === document.activeElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
