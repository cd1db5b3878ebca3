import type { ActionRuntime } from './actions/action-runtime.ts';
import type { Sessions } from './authentication/sessions.ts';
import type { Clock } from './clock.ts';
import type { Faults } from './control/faults.ts';
import type { TenantLogs } from './logs/tenant-logs.ts';
import type { TenantDatabase } from './state/tenant-database.ts';

/** What the parts of the local tenant share. Made once by `startLocalTenant`, passed to every part. */
export interface LocalTenantContext {
  readonly clock: Clock;
  readonly database: TenantDatabase;
  readonly faults: Faults;
  /** Runs the tenant's Actions. */
  readonly actions: ActionRuntime;
  readonly logs: TenantLogs;
  /** Browsers that are signed in at the tenant. */
  readonly sessions: Sessions;
  /** Where the parts can be reached; filled in before the first request is served. */
  readonly origins: Origins;
}

/** Origins without a trailing slash, such as `https://localhost:8443`. */
export interface Origins {
  /** The tenant over TLS: what its domain means to the SDKs and the deploy CLI. */
  readonly tenantHttps: string;
  /** The same tenant for a person's browser, as a custom domain of it: no certificate warning. */
  readonly tenantHttp: string;
  /** The sample IdPs over TLS: where the relay sends its calls. */
  readonly idpsHttps: string;
  /** The sample IdPs for a person's browser. */
  readonly idpsHttp: string;
}
