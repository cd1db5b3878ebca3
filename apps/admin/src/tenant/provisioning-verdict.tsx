import { Alert, List } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { Tenant } from './tenant-query.ts';

/** Says at a glance whether the relay's client has what it needs from the tenant, and what to do where it has not. */
export function ProvisioningVerdict({ tenant }: { readonly tenant: Tenant }) {
  const problems = findProblems(tenant);
  if (problems.length === 0) {
    return (
      <Alert
        color="green"
        icon={<IconCircleCheck aria-hidden />}
        title="The relay’s client is right"
        role="status"
      >
        It has the scopes of the Management API that it needs, and nothing more.
      </Alert>
    );
  }
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle aria-hidden />}
      title="Not everything is right"
      role="status"
    >
      <List size="sm">
        {problems.map((problem) => (
          <List.Item key={problem}>{problem}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** What is wrong in the tenant, each with what to do about it. */
export function findProblems({ management_client: client, rate_limit: limit }: Tenant): string[] {
  const problems: string[] = [];
  if (client.problem !== undefined) {
    problems.push(
      `No Management API token can be had (${client.problem}). Look at the client’s secret and its grant, or deploy the tenant again.`,
    );
  }
  if (client.missing_scopes.length > 0) {
    problems.push(
      `The client’s grant lacks ${client.missing_scopes.join(' and ')}. Deploy the tenant again: pnpm run tenant:deploy.`,
    );
  }
  if (client.unneeded_scopes.length > 0) {
    problems.push(
      `The client’s grant has more than the relay ever uses: ${client.unneeded_scopes.join(', ')}. Take that away.`,
    );
  }
  if (limit.wait_ms > 0) {
    problems.push('The Management API’s rate limit is used up; calls that need it wait.');
  }
  return problems;
}
