import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { RelayProblem } from '@idp-relay/client';
import { useQuery } from '@tanstack/react-query';
import { BusyButton } from '../../busy-button.tsx';
import { SectionCard } from '../../section-card.tsx';
import { useRelayClient } from '../../session/relay-client-context.ts';
import { QueryStates } from '../../states/query-states.tsx';
import { Moment } from '../../time/moment.tsx';
import { ChecksNotMade } from './checks-not-made.tsx';
import { examinationQuery } from './examination-query.ts';
import { ExaminationSummary } from './examination-summary.tsx';
import { FindingGroups } from './finding-groups.tsx';
import { NotConfigured } from './not-configured.tsx';

/** What in the tenant is not as the relay needs it, and what to do about it. */
export function ExaminationCard() {
  const examination = useQuery(examinationQuery(useRelayClient()));
  const { error, isFetching, refetch } = examination;
  if (error instanceof RelayProblem && error.code === 'doctor_not_configured') return <NotConfigured />;
  return (
    <SectionCard title="Examination of the tenant">
      <QueryStates query={examination} skeleton={<Examining />}>
        {(made) => (
          <>
            <ExaminationSummary examination={made} />
            <FindingGroups findings={made.findings} />
            <ChecksNotMade notMade={made.not_made} />
            <Group justify="space-between">
              <Text size="sm" c="dimmed">
                Examined <Moment iso={made.examined_at} />. The relay looks anew{' '}
                <Moment iso={made.kept_until} /> at the earliest.
              </Text>
              <BusyButton variant="default" isBusy={isFetching} onClick={() => void refetch()}>
                Examine again
              </BusyButton>
            </Group>
          </>
        )}
      </QueryStates>
    </SectionCard>
  );
}

function Examining() {
  return (
    <Stack role="status" aria-busy aria-label="Examining the tenant">
      <Text size="sm" c="dimmed">
        The relay compares the tenant’s settings with what it needs. Where Auth0 lets few requests through,
        this takes half a minute.
      </Text>
      <Skeleton height={64} radius="md" />
      <Skeleton height={120} radius="md" />
    </Stack>
  );
}
