import { Avatar, Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { CopyButton } from '../copy-button.tsx';
import { PageTitle } from '../page-title.tsx';
import { useRelayClient } from '../session/relay-client-context.ts';
import { tenantQuery } from '../tenant/tenant-query.ts';
import { Moment } from '../time/moment.tsx';
import { auth0DashboardLink } from './auth0-dashboard-link.ts';
import type { InspectedIdentity, InspectedUser } from './user-query.ts';

/** Whom the page is about. */
export interface UserHeaderProps {
  readonly user: InspectedUser;
  readonly identities: readonly InspectedIdentity[];
}

/** Who the user is, how many identities can be called, and the way to Auth0's own page of them. */
export function UserHeader({ user, identities }: UserHeaderProps) {
  const tenant = useQuery(tenantQuery(useRelayClient()));
  const link = tenant.data && auth0DashboardLink(tenant.data.domain, user.user_id);
  const name = user.name ?? user.email ?? user.user_id;
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="start">
        <Group wrap="nowrap" align="start" miw={0}>
          <Avatar name={name} color="initials" size="lg" aria-hidden />
          <Stack gap={4}>
            <Group gap="xs">
              <PageTitle>{name}</PageTitle>
              {user.blocked && (
                <Badge color="red" variant="outline" tt="none">
                  Blocked
                </Badge>
              )}
            </Group>
            {user.email !== undefined && user.email !== name && <Text>{user.email}</Text>}
            <Text size="sm" c="dimmed">
              {user.user_id}
              {user.last_login !== undefined && (
                <>
                  {' · last login '}
                  <Moment iso={user.last_login} />
                </>
              )}
            </Text>
            <Text fw={600}>{describeCallable(user, identities)}</Text>
          </Stack>
        </Group>
        <Group gap="xs">
          <CopyButton value={user.user_id} label="user id" />
          {user.email !== undefined && <CopyButton value={user.email} label="e-mail" />}
          {link !== undefined && (
            <Button
              component="a"
              href={link}
              target="_blank"
              rel="noreferrer"
              size="compact-sm"
              variant="default"
              leftSection={<IconExternalLink size={14} aria-hidden />}
            >
              Open in Auth0
            </Button>
          )}
        </Group>
      </Group>
    </Paper>
  );
}

const allCallable: Readonly<Record<number, string>> = {
  1: 'The identity can be called.',
  2: 'Both identities can be called.',
};

/** The answer that most people come for. */
function describeCallable({ blocked }: InspectedUser, identities: readonly InspectedIdentity[]): string {
  if (blocked) return 'Nothing can be called: the user is blocked in the tenant.';
  const callable = identities.filter(({ verdict }) => verdict.callable).length;
  if (callable === 0) return 'None of the identities can be called.';
  if (callable === identities.length)
    return allCallable[callable] ?? `All ${callable} identities can be called.`;
  return `${callable} of ${identities.length} identities can be called.`;
}
