import { Button, EmptyState } from '@mantine/core';
import { IconUserSearch, IconUsers } from '@tabler/icons-react';

/** Why the list is empty, and the ways out. */
export interface NoUsersProps {
  /** `none`: there is nobody. `filtered`: filters keep everybody out. `beyond`: the page is beyond the last one. */
  readonly reason: 'none' | 'filtered' | 'beyond';
  readonly onClear: () => void;
  readonly onFirstPage: () => void;
}

/** An empty list. */
export function NoUsers({ reason, onClear, onFirstPage }: NoUsersProps) {
  switch (reason) {
    case 'none':
      return (
        <EmptyState
          icon={<IconUsers aria-hidden />}
          title="No users yet"
          description="Users show up here once they have signed in to an app of this tenant."
        />
      );
    case 'filtered':
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
    case 'beyond':
      return (
        <EmptyState icon={<IconUsers aria-hidden />} title="There are not so many pages">
          <EmptyState.Actions>
            <Button variant="default" onClick={onFirstPage}>
              Show the first page
            </Button>
          </EmptyState.Actions>
        </EmptyState>
      );
  }
}
