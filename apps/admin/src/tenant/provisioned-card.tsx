import { Code, Group, Stack, Text } from '@mantine/core';
import { CopyButton } from '../copy-button.tsx';
import { SectionCard } from '../section-card.tsx';
import type { Tenant } from './tenant-query.ts';

/** The tenant, the relay's API in it, and the apps that the policy knows by name. */
export function ProvisionedCard({ tenant }: { readonly tenant: Tenant }) {
  return (
    <SectionCard title="Tenant">
      <Copyable name="Domain" value={tenant.domain} />
      <Copyable name="Audience of the relay’s API" value={tenant.audience} />
      <Stack gap={2}>
        <Text size="sm" c="dimmed">
          Access tokens are accepted from
        </Text>
        {tenant.issuers.map((issuer) => (
          <Text key={issuer} size="sm">
            {issuer}
          </Text>
        ))}
      </Stack>
      <Stack gap={2}>
        <Text size="sm" c="dimmed">
          Apps that the policy knows
        </Text>
        {tenant.clients.length === 0 && <Text size="sm">None: nothing is relayed for anybody.</Text>}
        {tenant.clients.map(({ name, client_id: id }) => (
          <Text key={name} size="sm">
            {name} <Code>{id}</Code>
          </Text>
        ))}
      </Stack>
    </SectionCard>
  );
}

function Copyable({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <Group justify="space-between" align="end">
      <Stack gap={2}>
        <Text size="sm" c="dimmed">
          {name}
        </Text>
        <Text size="sm">{value}</Text>
      </Stack>
      <CopyButton value={value} label={name.split(' ')[0]?.toLowerCase() ?? name} />
    </Group>
  );
}
