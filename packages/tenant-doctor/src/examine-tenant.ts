import { runChecks } from './check.ts';
import { allTenantChecks } from './checks/all-checks.ts';
import type { TenantExpectations } from './expectations.ts';
import type { TenantReader } from './facts/tenant-reader.ts';
import type { Examination } from './finding.ts';

/**
 * Compares a tenant with what the relay needs. Only reads; what the token's scopes do not open is told in `notMade`.
 * @throws ManagementCredentialsRefusedError, ManagementRateLimitedError, ManagementUnavailableError
 */
export function examineTenant(tenant: TenantReader, expected: TenantExpectations): Promise<Examination> {
  return runChecks(tenant, { expected }, allTenantChecks);
}
