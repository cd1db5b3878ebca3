import { Table, Text } from '@mantine/core';
import type { Connection } from './connections-query.ts';
import { describeLifetime, describeOrigins, describeRenewable } from './describe-connection.ts';

/** Strategies that no connection of this tenant is known to use. */
export function CatalogueTable({ connections }: { readonly connections: readonly Connection[] }) {
  return (
    <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table verticalSpacing="xs" highlightOnHover aria-labelledby="catalogue">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>IdP</Table.Th>
            <Table.Th>API</Table.Th>
            <Table.Th>Access tokens last</Table.Th>
            <Table.Th>Renewable</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {connections.map((connection) => (
            <Table.Tr key={connection.connection}>
              <Table.Td>
                {connection.display_name}
                <Text size="xs" c="dimmed">
                  {connection.connection}
                </Text>
              </Table.Td>
              <Table.Td>{describeOrigins(connection)}</Table.Td>
              <Table.Td>{describeLifetime(connection)}</Table.Td>
              <Table.Td>{describeRenewable(connection)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
