import { Badge, Code, Group, List, Text } from '@mantine/core';
import { SectionCard } from '../section-card.tsx';
import type { Tenant } from './tenant-query.ts';

/** The permissions of the relay's API, what each lets do, and which of them the operator holds. */
export function PermissionsCard({ permissions }: { readonly permissions: Tenant['permissions'] }) {
  return (
    <SectionCard title="Permissions of the relay’s API">
      <List spacing="sm" listStyleType="none" withPadding={false}>
        {permissions.map(({ name, description, held_by_you: isHeld }) => (
          <List.Item key={name}>
            <Group gap="xs">
              <Code>{name}</Code>
              {isHeld && (
                <Badge variant="light" color="green" tt="none">
                  You hold it
                </Badge>
              )}
            </Group>
            <Text size="sm" c="dimmed">
              {description}
            </Text>
          </List.Item>
        ))}
      </List>
    </SectionCard>
  );
}
