import { deployed } from './deployed.ts';
import type { TenantExpectations } from './expectations.ts';

/** What is known of a tenant and its relay where an examination is made; the rest is what every deployment brings. */
export interface KnownOfTenant extends Pick<
  TenantExpectations,
  'deployCommand' | 'production' | 'action' | 'logStream' | 'configuration'
> {
  /** The tenant's own domain: `example.us.auth0.com`. */
  readonly domain: string;
  /** Addresses of the tenant's custom domains that the relay knows. */
  readonly customDomains: readonly string[];
  /** Identifier of the relay's API in the tenant. */
  readonly audience: string;
  /** Permissions that the relay's routes ask for. */
  readonly permissions: readonly string[];
  /** Id of the client that reads IdP tokens; it goes by its name when left out. */
  readonly relayClientId?: string;
  /** Left out: the relay has no dashboard. */
  readonly dashboard?: {
    /** It goes by its name when left out. */
    readonly clientId?: string;
    /** Where the dashboard is opened, where that is known. */
    readonly urls?: readonly string[];
  };
}

/** What an examination compares a tenant with. */
export function expectTenant({
  domain,
  customDomains,
  audience,
  permissions,
  relayClientId,
  dashboard,
  ...others
}: KnownOfTenant): TenantExpectations {
  const origins = customDomains.map((url) => new URL(url).origin);
  return {
    ...others,
    issuers: [`https://${domain}`, ...origins].map((origin) => `${origin}/`),
    customDomains: origins,
    relayClient: {
      name: deployed.relayClient,
      ...(relayClientId !== undefined && { clientId: relayClientId }),
    },
    relayApi: { audience, permissions, tokenLifetimeSeconds: deployed.tokenLifetimeSeconds },
    roles: deployed.roles,
    operatorPermission: deployed.operatorPermission,
    ...(dashboard && {
      dashboard: {
        client: {
          name: deployed.dashboardClient,
          ...(dashboard.clientId !== undefined && { clientId: dashboard.clientId }),
        },
        ...(dashboard.urls && { urls: dashboard.urls }),
      },
    }),
  };
}
