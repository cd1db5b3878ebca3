import { Alert, Avatar, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { RelayProblem } from '@idp-relay/client';
import { IconBulb } from '@tabler/icons-react';
import type { Connection } from '../connections/connections-query.ts';
import { ProblemState } from '../states/problem-state.tsx';
import { VerdictBadge } from '../verdict/verdict-badge.tsx';
import { IdentityActions } from './identity-actions.tsx';
import { IdentityFacts } from './identity-facts.tsx';
import { useCheck } from './use-check.ts';
import type { InspectedIdentity, InspectedUser } from './user-query.ts';

/** Which identity, and what is known around it. */
export interface IdentityCardProps {
  readonly user: InspectedUser;
  readonly identity: InspectedIdentity;
  /** Left out until the list of connections is there, and for connections that it lacks. */
  readonly connection: Connection | undefined;
}

/** One identity: its verdict in plain words, what to do, the facts behind it, and what can be done from here. */
export function IdentityCard({ user, identity, connection }: IdentityCardProps) {
  const check = useCheck(user.user_id, identity);
  const { verdict } = identity;
  const name = identity.display_name ?? identity.connection;
  const hasNothingToCheck = check.error instanceof RelayProblem && check.error.code.startsWith('idp_token_');
  return (
    <Paper component="article" withBorder p="md" aria-label={`${name} ${identity.idp_user_id}`}>
      <Stack>
        <Group justify="space-between" align="start">
          <Group wrap="nowrap" miw={0}>
            <Avatar name={name} color="initials" radius="md" aria-hidden />
            <div>
              <Group gap="xs">
                <Title order={2} size="h4">
                  {name}
                </Title>
                <Badge variant="outline" color="gray" tt="none">
                  {identity.primary ? 'Primary' : 'Linked'}
                </Badge>
              </Group>
              <Text size="sm" c="dimmed">
                {identity.connection} · {identity.idp_user_id}
              </Text>
            </div>
          </Group>
          <VerdictBadge state={verdict.state} />
        </Group>
        <div aria-live="polite">
          <Text>{verdict.detail}</Text>
          {hasNothingToCheck && !verdict.callable && (
            <Text size="sm" c="dimmed">
              Looked anew: there is no token that the IdP could be asked about.
            </Text>
          )}
          {check.data !== undefined && (
            <Text size="sm" c="dimmed">
              Asked the IdP: {check.data.probed}
            </Text>
          )}
        </div>
        {verdict.advice !== '' && (
          <Alert color="indigo" icon={<IconBulb aria-hidden />} title="What to do" role="note">
            {verdict.advice}
          </Alert>
        )}
        <IdentityFacts identity={identity} />
        {check.isError && !hasNothingToCheck && (
          <ProblemState error={check.error} onRetry={() => check.mutate()} />
        )}
        <IdentityActions user={user} identity={identity} connection={connection} check={check} />
      </Stack>
    </Paper>
  );
}
