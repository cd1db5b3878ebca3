import { Button, EmptyState } from '@mantine/core';
import { IconUserSearch, IconUsers, type Icon } from '@tabler/icons-react';

/** Why the list is empty, and the ways out. */
export interface NoUsersProps {
  /** `none`: there is nobody. `filtered`: filters keep everybody out. `beyond`: the page is beyond the last one. */
  readonly reason: 'none' | 'filtered' | 'beyond';
  readonly onClear: () => void;
  readonly onFirstPage: () => void;
}

interface Words {
  readonly icon: Icon;
  readonly title: string;
  readonly description?: string;
  /** What the button says that leads out, where there is a way. */
  readonly way?: string;
}

const words: Readonly<Record<NoUsersProps['reason'], Words>> = {
  none: {
    icon: IconUsers,
    title: 'No users yet',
    description: 'Users show up here once they have signed in to an app of this tenant.',
  },
  filtered: {
    icon: IconUserSearch,
    title: 'Nobody matches',
    description: 'Names and addresses are matched from the beginning of each word; user ids must be whole.',
    way: 'Clear all filters',
  },
  beyond: { icon: IconUsers, title: 'There are not so many pages', way: 'Show the first page' },
};

/** An empty list. */
export function NoUsers({ reason, onClear, onFirstPage }: NoUsersProps) {
  const { icon: ReasonIcon, title, description, way } = words[reason];
  return (
    <EmptyState icon={<ReasonIcon aria-hidden />} title={title} description={description}>
      {way !== undefined && (
        <EmptyState.Actions>
          <Button variant="default" onClick={reason === 'beyond' ? onFirstPage : onClear}>
            {way}
          </Button>
        </EmptyState.Actions>
      )}
    </EmptyState>
  );
}
