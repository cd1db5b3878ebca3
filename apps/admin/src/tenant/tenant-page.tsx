import { Skeleton, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { PageTitle } from '../page-title.tsx';
import { useRelayClient } from '../session/relay-client-context.ts';
import { QueryStates } from '../states/query-states.tsx';
import { ExaminationCard } from './examination/examination-card.tsx';
import { ManagementClientCard } from './management-client-card.tsx';
import { PermissionsCard } from './permissions-card.tsx';
import { ProvisionedCard } from './provisioned-card.tsx';
import { ProvisioningVerdict } from './provisioning-verdict.tsx';
import { RateLimitCard } from './rate-limit-card.tsx';
import { tenantQuery } from './tenant-query.ts';

/** Tokens age and limits fill up: read anew this often (milliseconds) while somebody looks. */
const refreshMs = 10_000;

/** What is provisioned in the tenant, and whether it is right. */
export function TenantPage() {
  const tenant = useQuery({ ...tenantQuery(useRelayClient()), refetchInterval: refreshMs });
  return (
    <Stack>
      <PageTitle>Tenant</PageTitle>
      <QueryStates query={tenant} skeleton={<TenantSkeleton />}>
        {(provisioned) => (
          <>
            <ProvisioningVerdict tenant={provisioned} />
            <ExaminationCard />
            <SimpleGrid cols={{ base: 1, md: 2 }}>
              <ProvisionedCard tenant={provisioned} />
              <ManagementClientCard client={provisioned.management_client} />
              <PermissionsCard permissions={provisioned.permissions} />
              <RateLimitCard rateLimit={provisioned.rate_limit} />
            </SimpleGrid>
          </>
        )}
      </QueryStates>
    </Stack>
  );
}

function TenantSkeleton() {
  return (
    <Stack role="status" aria-busy aria-label="Loading the tenant">
      <Skeleton height={76} radius="md" />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {[320, 320, 260, 260].map((height, card) => (
          <Skeleton key={card} height={height} radius="md" />
        ))}
      </SimpleGrid>
    </Stack>
  );
}
