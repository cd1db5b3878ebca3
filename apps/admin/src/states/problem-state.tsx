import { Button, Center, Code, Group, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { RelayProblem } from '@idp-relay/client';
import {
  IconAlertTriangle,
  IconClockPause,
  IconCloudOff,
  IconDatabaseOff,
  IconLock,
  IconLogin2,
  IconPlugX,
  IconUserQuestion,
  type Icon,
} from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { NotAllowed } from './not-allowed.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import { troubleOf, type Trouble } from './problem.ts';
import { useCountdown } from './use-countdown.ts';

/** What went wrong, and how to try again. */
export interface ProblemStateProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

const looks: Readonly<
  Record<Trouble, { readonly title: string; readonly icon: Icon; readonly color: string }>
> = {
  session_ended: { title: 'Your session has ended', icon: IconLogin2, color: 'indigo' },
  not_allowed: { title: 'You may not see this', icon: IconLock, color: 'orange' },
  not_found: { title: 'No such user', icon: IconUserQuestion, color: 'gray' },
  auth0_limited: { title: 'Auth0’s rate limit is used up', icon: IconClockPause, color: 'orange' },
  auth0_unavailable: { title: 'Auth0 gave no usable answer', icon: IconCloudOff, color: 'red' },
  relay_busy: { title: 'The relay is at its limit', icon: IconClockPause, color: 'orange' },
  store_unavailable: { title: 'The relay’s database does not answer', icon: IconDatabaseOff, color: 'red' },
  idp_unavailable: { title: 'The IdP gave no usable answer', icon: IconCloudOff, color: 'red' },
  unreachable: { title: 'The relay does not answer', icon: IconPlugX, color: 'red' },
  unexpected: { title: 'This did not work', icon: IconAlertTriangle, color: 'red' },
};

/** What went wrong, in a few words. */
export function titleOf(error: unknown): string {
  return looks[troubleOf(error)].title;
}

/** The state of a page that could not be shown: what happened, and what helps. */
export function ProblemState({ error, onRetry }: ProblemStateProps) {
  const trouble = troubleOf(error);
  const { title, icon: TroubleIcon, color } = looks[trouble];
  return (
    <Center p="md">
      <Paper withBorder p="xl" maw={560} w="100%" role="alert">
        <Stack>
          <Group wrap="nowrap">
            <ThemeIcon size="lg" variant="light" color={color}>
              <TroubleIcon size={20} aria-hidden />
            </ThemeIcon>
            <Title order={2} size="h3">
              {title}
            </Title>
          </Group>
          {adviceOn(trouble, error, onRetry)}
          {error instanceof RelayProblem && error.requestId !== undefined && (
            <Text size="sm" c="dimmed">
              In the relay’s logs this request is <Code>{error.requestId}</Code>.
            </Text>
          )}
        </Stack>
      </Paper>
    </Center>
  );
}

function adviceOn(trouble: Trouble, error: unknown, onRetry: () => void): ReactNode {
  switch (trouble) {
    case 'session_ended':
      return <SignInAgain />;
    case 'not_allowed':
      return <NotAllowed />;
    case 'auth0_limited':
      return (
        <WaitAndRetry error={error} onRetry={onRetry}>
          The tenant’s Management API takes no more requests right now. Calls that need nothing from it go on
          as ever.
        </WaitAndRetry>
      );
    case 'relay_busy':
      return (
        <WaitAndRetry error={error} onRetry={onRetry}>
          It took nothing on, and serves those that it has.
        </WaitAndRetry>
      );
    case 'unreachable':
      return (
        <Retry onRetry={onRetry}>
          No answer came back. Check your network; if it is good, the relay’s API is down.
        </Retry>
      );
    case 'not_found':
      return (
        <Text>The tenant has no user with this id. It may have been deleted, or linked to another user.</Text>
      );
    case 'auth0_unavailable':
    case 'store_unavailable':
    case 'idp_unavailable':
    case 'unexpected':
      return (
        <Retry onRetry={onRetry}>
          {error instanceof RelayProblem ? error.detail : 'The answer could not be read.'}
        </Retry>
      );
  }
}

function Retry({ children, onRetry }: { readonly children: ReactNode; readonly onRetry: () => void }) {
  return (
    <>
      <Text>{children}</Text>
      <Group>
        <Button onClick={onRetry}>Try again</Button>
      </Group>
    </>
  );
}

function WaitAndRetry({ error, onRetry, children }: ProblemStateProps & { readonly children: ReactNode }) {
  const [wait] = useState((error instanceof RelayProblem ? error.retryAfterSeconds : undefined) ?? 1);
  const left = useCountdown(wait);
  return (
    <>
      <Text>{children}</Text>
      <Group>
        {/* Its text changes each second: nobody wants to have that read out. */}
        <Button onClick={onRetry} disabled={left > 0} aria-live="off">
          {left > 0 ? `Try again in ${left} s` : 'Try again'}
        </Button>
      </Group>
    </>
  );
}
