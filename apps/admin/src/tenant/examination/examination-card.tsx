import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { RelayProblem } from '@idp-relay/client';
import { useQuery } from '@tanstack/react-query';
import { SectionCard } from '../../section-card.tsx';
import { useRelayClient } from '../../session/relay-client-context.ts';
import { ProblemState } from '../../states/problem-state.tsx';
import { Moment } from '../../time/moment.tsx';
import { ChecksNotMade } from './checks-not-made.tsx';
import { examinationQuery } from './examination-query.ts';
import { ExaminationSummary } from './examination-summary.tsx';
import { FindingGroups } from './finding-groups.tsx';
import { NotConfigured } from './not-configured.tsx';

/** What in the tenant is not as the relay needs it, and what to do about it. */
export function ExaminationCard() {
  const { data, error, isPending, isFetching, refetch } = useQuery(examinationQuery(useRelayClient()));
  const examineAgain = (): void => void refetch();
  if (error instanceof RelayProblem && error.code === 'doctor_not_configured') return <NotConfigured />;
  if (error !== null) return <ProblemState error={error} onRetry={examineAgain} />;
  return (
    <SectionCard title="Examination of the tenant">
      {isPending ? (
        <Stack role="status" aria-busy aria-label="Examining the tenant">
          <Text size="sm" c="dimmed">
            The relay compares the tenant’s settings with what it needs. Where Auth0 lets few requests
            through, this takes half a minute.
          </Text>
          <Skeleton height={64} radius="md" />
          <Skeleton height={120} radius="md" />
        </Stack>
      ) : (
        <>
          <ExaminationSummary examination={data} />
          <FindingGroups findings={data.findings} />
          <ChecksNotMade notMade={data.not_made} />
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              Examined <Moment iso={data.examined_at} />. The relay looks anew once a minute at most.
            </Text>
            <Button variant="default" loading={isFetching} onClick={examineAgain}>
              Examine again
            </Button>
          </Group>
        </>
      )}
    </SectionCard>
  );
}
