import { CloseButton, Grid, Kbd, Select, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { connectionsQuery } from '../connections/connections-query.ts';
import { useRelayClient } from '../session/relay-client-context.ts';
import { isVerdictState, verdictStates, verdictWords } from '../verdict/verdict-words.ts';
import type { UserFilters } from './user-filters.ts';

/** What is looked for now, and how it changes. */
export interface UserSearchProps {
  readonly typed: string;
  readonly onTyped: (text: string) => void;
  readonly filters: UserFilters;
  readonly onChange: (changed: Partial<UserFilters>) => void;
}

/** The search box, which `/` leads to, and the filters. */
export function UserSearch({ typed, onTyped, filters, onChange }: UserSearchProps) {
  const box = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => box.current?.focus()]]);
  const connections = useQuery(connectionsQuery(useRelayClient()));
  const names = (connections.data ?? [])
    .filter(({ known_from: from }) => from !== 'catalogue')
    .map(({ connection }) => connection);
  const known = new Set([...names, ...(filters.connection === undefined ? [] : [filters.connection])]);
  return (
    <Grid gap="sm" align="end">
      <Grid.Col span={{ base: 12, sm: 6 }}>
        <TextInput
          ref={box}
          type="search"
          label="Name, e-mail or user id"
          placeholder="ada@example.com"
          value={typed}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={
            typed === '' ? (
              <Kbd aria-hidden>/</Kbd>
            ) : (
              <CloseButton size="sm" aria-label="Clear the search" onClick={() => onTyped('')} />
            )
          }
          onChange={(event) => onTyped(event.currentTarget.value)}
        />
      </Grid.Col>
      <Grid.Col span={{ base: 6, sm: 3 }}>
        <Select
          label="Connection"
          placeholder="Any"
          clearable
          searchable
          data={[...known]}
          value={filters.connection ?? null}
          onChange={(connection) => onChange({ connection: connection ?? undefined })}
        />
      </Grid.Col>
      <Grid.Col span={{ base: 6, sm: 3 }}>
        <Select
          label="State"
          placeholder="Any"
          clearable
          data={verdictStates.map((state) => ({ value: state, label: verdictWords[state].label }))}
          value={filters.state ?? null}
          onChange={(state) =>
            onChange({ state: state !== null && isVerdictState(state) ? state : undefined })
          }
        />
      </Grid.Col>
    </Grid>
  );
}
