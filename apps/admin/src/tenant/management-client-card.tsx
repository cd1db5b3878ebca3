import { Code, List, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconQuestionMark, IconX } from '@tabler/icons-react';
import { Facts } from '../facts.tsx';
import { SectionCard } from '../section-card.tsx';
import { Moment } from '../time/moment.tsx';
import type { Tenant } from './tenant-query.ts';

const methods = {
  client_secret_post: 'A client secret',
  private_key_jwt: 'A private key (private_key_jwt)',
} as const;

/** The client that reads IdP tokens: its grant against the two scopes that it needs, and the age of its token. */
export function ManagementClientCard({ client }: { readonly client: Tenant['management_client'] }) {
  return (
    <SectionCard title="Management API client">
      <Facts
        columns={2}
        facts={[
          { name: 'Client id', value: client.client_id },
          { name: 'Authenticates by', value: methods[client.authentication_method] },
          {
            name: 'Management token obtained',
            value: client.token === undefined ? 'None yet' : <Moment iso={client.token.obtained_at} />,
          },
          {
            name: 'Management token ends',
            value: client.token === undefined ? 'None yet' : <Moment iso={client.token.expires_at} />,
          },
        ]}
      />
      <List spacing={6} size="sm" aria-label="Scopes" center listStyleType="none" withPadding={false}>
        {client.needed_scopes.map((scope) => (
          <NeededScope key={scope} scope={scope} client={client} />
        ))}
        {client.unneeded_scopes.map((scope) => (
          <List.Item
            key={scope}
            icon={
              <ThemeIcon size={20} radius="xl" color="orange" variant="light">
                <IconAlertTriangle size={12} aria-hidden />
              </ThemeIcon>
            }
          >
            <Code>{scope}</Code> granted, and never used
          </List.Item>
        ))}
      </List>
      {client.granted_scopes === undefined && (
        <Text size="sm" c="dimmed">
          Auth0 did not say which scopes are granted.
        </Text>
      )}
    </SectionCard>
  );
}

interface NeededScopeProps {
  readonly scope: string;
  readonly client: Tenant['management_client'];
}

function NeededScope({ scope, client }: NeededScopeProps) {
  const { label, color, icon: ScopeIcon } = lookOf(scope, client);
  return (
    <List.Item
      icon={
        <ThemeIcon size={20} radius="xl" color={color} variant="light">
          <ScopeIcon size={12} aria-hidden />
        </ThemeIcon>
      }
    >
      <Code>{scope}</Code> {label}
    </List.Item>
  );
}

function lookOf(scope: string, { granted_scopes: granted }: Tenant['management_client']) {
  if (granted === undefined) return { label: 'needed', color: 'gray', icon: IconQuestionMark };
  return granted.includes(scope)
    ? { label: 'needed and granted', color: 'green', icon: IconCheck }
    : { label: 'needed, and not granted', color: 'red', icon: IconX };
}
