import { Alert, Group, Button, Stack } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { troubleOf } from './problem.ts';
import { ProblemState, titleOf } from './problem-state.tsx';
import { SignInAgain } from './sign-in-again.tsx';

/** What is read, and how it is shown. */
export interface QueryStatesProps<Data> {
  readonly query: UseQueryResult<Data>;
  /** Shown until something is there. */
  readonly skeleton: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/**
 * Shows what was read, and until then that it is being read, or why it cannot be. What is there stays when it cannot be read
 * again: somebody is looking at it, or has a dialog open over it.
 */
export function QueryStates<Data>({ query, skeleton, children }: QueryStatesProps<Data>) {
  const { data, error } = query;
  const retry = (): void => void query.refetch();
  const isWithdrawn = error !== null && ['not_allowed', 'not_found'].includes(troubleOf(error));
  if (data === undefined || isWithdrawn)
    return error === null ? skeleton : <ProblemState error={error} onRetry={retry} />;
  return (
    <>
      {error !== null && <NotUpToDate error={error} onRetry={retry} />}
      {children(data)}
    </>
  );
}

function NotUpToDate({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  return (
    <Alert color="yellow" title="Not up to date" icon={<IconClockExclamation aria-hidden />} role="status">
      <Stack gap="xs">
        <span>{titleOf(error)}. What is shown was read before.</span>
        {troubleOf(error) === 'session_ended' ? (
          <SignInAgain />
        ) : (
          <Group>
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              Try again
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
