import { postLoginAction } from '@idp-relay/actions/post-login-action';
import type { RelayConfiguration } from '@idp-relay/relay-configuration';
import { deployed, expectTenant, type TenantExpectations } from '@idp-relay/tenant-doctor';
import { permissions } from '../authorize/permission.ts';
import type { Config } from '../config.ts';

/** What of the relay's settings says what its tenant should be like. */
export type ExpectingConfig = Pick<
  Config,
  'domain' | 'issuers' | 'audience' | 'clientId' | 'dashboard' | 'notices'
>;

/** The environment's name is not known here. */
const deployCommand = 'npm run tenant:deploy -- --env NAME';

/**
 * What the relay needs of its tenant, as far as its own settings tell. Addresses of the dashboard, whether the tenant is a
 * production one and the present version of the Action stand where a deployment is made: checks of these are not made.
 */
export function expectedTenant(
  { domain, issuers, audience, clientId, dashboard, notices }: ExpectingConfig,
  configuration: RelayConfiguration,
): TenantExpectations {
  const { name, trigger, secrets } = postLoginAction;
  return expectTenant({
    deployCommand,
    domain,
    customDomains: issuers.filter((issuer) => issuer !== `https://${domain}/`),
    audience,
    permissions: Object.keys(permissions),
    relayClientId: clientId,
    ...(dashboard && { dashboard: { clientId: dashboard.clientId } }),
    ...(notices.noticeSecret && { action: { name, trigger: trigger.id, secrets } }),
    ...(notices.logStreamToken && { logStream: { name: deployed.logStream } }),
    configuration,
  });
}
