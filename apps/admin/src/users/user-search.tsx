import { CloseButton, Kbd, NativeSelect, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { connectionsQuery } from '../connections/connections-query.ts';
import { useRelayClient } from '../session/relay-client-context.ts';
import { isVerdictState, verdictStates, verdictWords } from '../verdict/verdict-words.ts';
import type { UserFilters } from './user-filters.ts';
import classes from './user-search.module.css';

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
    <div className={classes.search}>
      <TextInput
        ref={box}
        className={classes.text}
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
      <NativeSelect
        label="Connection"
        data={[{ value: '', label: 'Any' }, ...known]}
        value={filters.connection ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ connection: value === '' ? undefined : value })
        }
      />
      <NativeSelect
        label="State"
        data={[
          { value: '', label: 'Any' },
          ...verdictStates.map((state) => ({ value: state, label: verdictWords[state].label })),
        ]}
        value={filters.state ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ state: isVerdictState(value) ? value : undefined })
        }
      />
    </div>
  );
}
