import { Progress, Text } from '@mantine/core';
import { SectionCard } from '../section-card.tsx';
import { describeSeconds } from '../time/duration.ts';
import type { Tenant } from './tenant-query.ts';

/** How much of the Management API's rate limit was left at its last answer. */
export function RateLimitCard({ rateLimit }: { readonly rateLimit: Tenant['rate_limit'] }) {
  const { limit, remaining, wait_ms: waitMs } = rateLimit;
  return (
    <SectionCard title="Rate limit of the Management API">
      {limit === undefined || remaining === undefined ? (
        <Text size="sm">Not known yet: the relay has asked for nothing since its start.</Text>
      ) : (
        <>
          <Text size="sm">
            {remaining} of {limit} requests were left at the last answer
          </Text>
          <Progress
            value={(remaining / limit) * 100}
            color={remaining < limit / 4 ? 'orange' : 'green'}
            aria-label="Requests left"
          />
        </>
      )}
      <Text size="sm" c="dimmed">
        {waitMs > 0
          ? `The next request waits ${describeSeconds(waitMs / 1000)}.`
          : 'The next request can be sent at once.'}
      </Text>
    </SectionCard>
  );
}
