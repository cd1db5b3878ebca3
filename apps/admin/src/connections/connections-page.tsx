import { Button, CloseButton, EmptyState, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconPlugConnectedX, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef } from 'react';
import { PageTitle } from '../page-title.tsx';
import { useRelayClient } from '../session/relay-client-context.ts';
import { QueryStates } from '../states/query-states.tsx';
import { CatalogueTable } from './catalogue-table.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { connectionsQuery, type Connection } from './connections-query.ts';

const route = getRouteApi('/connections');

/** Where calls of each connection lead, how long its tokens last, who can be called, and what the policy lets through. */
export function ConnectionsPage() {
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const box = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => box.current?.focus()]]);
  const connections = useQuery(connectionsQuery(useRelayClient()));
  const search = (text: string) =>
    void navigate({ search: { q: text === '' ? undefined : text }, replace: true });
  return (
    <Stack>
      <PageTitle>Connections</PageTitle>
      <TextInput
        ref={box}
        type="search"
        label="Connection or IdP"
        placeholder="github"
        maw={420}
        value={q}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={
          q !== '' && <CloseButton size="sm" aria-label="Clear the search" onClick={() => search('')} />
        }
        onChange={(event) => search(event.currentTarget.value)}
      />
      <QueryStates query={connections} skeleton={<ConnectionsSkeleton />}>
        {(all) => (
          <Found
            connections={all.filter((connection) => isNamedLike(connection, q))}
            onClear={() => search('')}
          />
        )}
      </QueryStates>
    </Stack>
  );
}

interface FoundProps {
  readonly connections: readonly Connection[];
  readonly onClear: () => void;
}

/** What the tenant is known to have comes first, what could be there after it. */
function Found({ connections, onClear }: FoundProps) {
  const inUse = connections.filter(({ known_from: from }) => from !== 'catalogue');
  const others = connections.filter(({ known_from: from }) => from === 'catalogue');
  if (connections.length === 0) {
    return (
      <EmptyState icon={<IconPlugConnectedX aria-hidden />} title="No connection has such a name">
        <EmptyState.Actions>
          <Button variant="default" onClick={onClear}>
            Show all connections
          </Button>
        </EmptyState.Actions>
      </EmptyState>
    );
  }
  return (
    <>
      {inUse.length > 0 && (
        <Stack component="section" aria-labelledby="in-use">
          <Title order={2} size="h3" id="in-use">
            In this tenant
          </Title>
          <Text size="sm" c="dimmed">
            Named in the relay’s configuration, or met in a user. Users are counted as this API process met
            them.
          </Text>
          {inUse.map((connection) => (
            <ConnectionCard key={connection.connection} connection={connection} />
          ))}
        </Stack>
      )}
      {others.length > 0 && (
        <Stack component="section" aria-labelledby="catalogue">
          <Title order={2} size="h3" id="catalogue">
            Known from the catalogue
          </Title>
          <CatalogueTable connections={others} />
        </Stack>
      )}
    </>
  );
}

function isNamedLike({ connection, display_name: name, strategy }: Connection, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [connection, name, strategy].some((candidate) => candidate.toLowerCase().includes(wanted));
}

function ConnectionsSkeleton() {
  return (
    <Stack role="status" aria-busy aria-label="Loading connections">
      {Array.from({ length: 4 }, (_none, card) => (
        <Skeleton key={card} height={180} radius="md" />
      ))}
    </Stack>
  );
}
