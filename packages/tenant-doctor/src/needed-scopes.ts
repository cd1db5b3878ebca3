import { neededScopes } from './check.ts';
import { allTenantChecks } from './checks/all-checks.ts';

/** The narrowest scopes of the Management API that all checks of a tenant need, in the order of the alphabet. */
export function scopesForTenant(): readonly string[] {
  const scopes = allTenantChecks.flatMap((check) =>
    neededScopes(check).flatMap(([narrowest = '']) => narrowest),
  );
  return [...new Set(scopes)].sort();
}
