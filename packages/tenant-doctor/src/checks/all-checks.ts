import type { Check } from '../check.ts';
import { actionChecks } from './action.ts';
import { connectionRenewalChecks } from './connection-renewal.ts';
import { connectionTokenChecks } from './connection-tokens.ts';
import { connectionChecks } from './connections.ts';
import { dashboardClientChecks } from './dashboard-client.ts';
import { logStreamChecks } from './log-stream.ts';
import { managementGrantChecks } from './management-grant.ts';
import { policyChecks } from './policy.ts';
import { relayApiChecks } from './relay-api.ts';
import { relayClientChecks } from './relay-client.ts';
import { roleChecks } from './roles.ts';
import { tenantChecks } from './tenant.ts';
import { userChecks } from './user.ts';

/** The checks of connections. */
export const allConnectionChecks: readonly Check[] = [
  ...connectionChecks,
  ...connectionTokenChecks,
  ...connectionRenewalChecks,
];

/** The checks of a tenant, by subject. */
export const tenantCheckGroups: Readonly<Record<string, readonly Check[]>> = {
  'The relay’s client and its grant': [...relayClientChecks, ...managementGrantChecks],
  'The relay’s API and roles': [...relayApiChecks, ...roleChecks],
  'The dashboard’s client': dashboardClientChecks,
  'Notices of sign-ins': [...actionChecks, ...logStreamChecks],
  Connections: allConnectionChecks,
  'The operators’ file': policyChecks,
  'The tenant': tenantChecks,
};

/** All checks of a tenant. */
export const allTenantChecks: readonly Check[] = Object.values(tenantCheckGroups).flat();

/** The checks that are made of one user: of the user, their connections, and the relay's grant. */
export const allUserChecks: readonly Check[] = [
  ...userChecks,
  ...managementGrantChecks.filter(
    ({ code }) => code.startsWith('relay_grant_') && code !== 'relay_grant_exceeds',
  ),
  ...allConnectionChecks.filter(({ code }) => code !== 'connection_missing'),
];

/** The checks of a user alone. */
export { userChecks } from './user.ts';
