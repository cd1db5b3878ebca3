import { Anchor, Avatar, Badge, Code, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Facts } from '../facts.tsx';
import type { Connection } from './connections-query.ts';
import { describeLifetime, describeOrigins, describeRenewable } from './describe-connection.ts';

/** One connection of the tenant: facts of its IdP, the users seen, and the rules that let calls through. */
export function ConnectionCard({ connection }: { readonly connection: Connection }) {
  const { connection: name, display_name: displayName, strategy, rules, notes } = connection;
  return (
    <Paper component="article" withBorder p="md" aria-label={name}>
      <Stack>
        <Group justify="space-between" align="start">
          <Group wrap="nowrap" miw={0}>
            <Avatar name={displayName} color="initials" radius="md" aria-hidden />
            <div>
              <Title order={3} size="h4">
                {displayName}
              </Title>
              <Text size="sm" c="dimmed">
                {name}
                {strategy !== name && ` · strategy ${strategy}`}
              </Text>
            </div>
          </Group>
          <Group gap="xs">
            {connection.token_vault && (
              <Badge color="grape" variant="light" tt="none">
                In Token Vault
              </Badge>
            )}
            <Anchor
              size="sm"
              renderRoot={(props) => <Link to="/users" search={{ connection: name }} {...props} />}
            >
              {describeUsers(connection)}
            </Anchor>
          </Group>
        </Group>
        <Facts
          facts={[
            { name: 'API', value: describeOrigins(connection) },
            { name: 'Access tokens last', value: describeLifetime(connection) },
            { name: 'Renewable', value: describeRenewable(connection) },
            ...(connection.required_scopes.length > 0
              ? [{ name: 'Scopes that the policy needs', value: connection.required_scopes.join(', ') }]
              : []),
          ]}
        />
        <Rules rules={rules} />
        {notes.map((note) => (
          <Text key={note} size="sm" c="dimmed">
            {note}
          </Text>
        ))}
      </Stack>
    </Paper>
  );
}

function Rules({ rules }: { readonly rules: Connection['rules'] }) {
  if (rules.length === 0) return <Text size="sm">The policy lets nothing through.</Text>;
  return (
    <div>
      <Text size="sm" c="dimmed">
        The policy lets through
      </Text>
      <List size="sm" spacing={6} mt={4}>
        {rules.map(({ name, methods, paths, clients, base_urls: baseUrls }) => (
          <List.Item key={name}>
            {name}: <b>{methods.join(', ')}</b>{' '}
            {paths.map((path) => (
              <Code key={path} mr={4}>
                {path}
              </Code>
            ))}{' '}
            {baseUrls !== undefined && `at ${baseUrls.join(', ')} `}
            for {clients.join(', ')}
          </List.Item>
        ))}
      </List>
    </div>
  );
}

function describeUsers({ users_seen: seen, users_callable: callable }: Connection): string {
  if (seen === 0) return 'No user seen yet';
  return `${callable} of ${seen} ${seen === 1 ? 'user' : 'users'} can be called`;
}
