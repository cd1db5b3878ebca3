import { Button, EmptyState } from '@mantine/core';
import { IconUserSearch, IconUsers } from '@tabler/icons-react';

/** Why the list is empty. */
export interface NoUsersProps {
  /** True where filters keep users out. */
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}

/** An empty list: of a tenant without users, or of filters that nobody passes. */
export function NoUsers({ isFiltered, onClear }: NoUsersProps) {
  if (!isFiltered) {
    return (
      <EmptyState
        icon={<IconUsers aria-hidden />}
        title="No users yet"
        description="Users show up here once they have signed in to an app of this tenant."
      />
    );
  }
  return (
    <EmptyState
      icon={<IconUserSearch aria-hidden />}
      title="Nobody matches"
      description="Names and addresses are matched from the beginning of each word; user ids must be whole."
    >
      <EmptyState.Actions>
        <Button variant="default" onClick={onClear}>
          Clear all filters
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  );
}
