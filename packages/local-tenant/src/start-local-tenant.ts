import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { ActionRuntime, defaultTimeLimit } from './actions/action-runtime.ts';
import { registerAuthenticationApi } from './authentication/register-authentication-api.ts';
import { Sessions } from './authentication/sessions.ts';
import { systemClock, type Clock } from './clock.ts';
import { applyFaults } from './control/apply-fault.ts';
import { registerControlApi } from './control/control-api.ts';
import { Faults } from './control/faults.ts';
import { createTenantControl, type TenantControl } from './control/tenant-control.ts';
import { authorityFile, loadCertificates } from './listeners/certificates.ts';
import { PortUnavailableError, serveOnBoth } from './listeners/serve-on-both.ts';
import type { LogEvent } from './logs/log-event.ts';
import { LogStreamDelivery } from './logs/log-stream-delivery.ts';
import { TenantLogs } from './logs/tenant-logs.ts';
import type { LocalTenantContext, Origins } from './local-tenant-context.ts';
import { RateLimit, type RateLimitPlan } from './management/rate-limit.ts';
import { registerManagementApi } from './management/register-management-api.ts';
import { registerSampleIdps } from './sample-idps/register-sample-idps.ts';
import { letSamplesReturn } from './seed/returning-samples.ts';
import { seedTenant } from './seed/seed-tenant.ts';
import {
  bootstrapClientId,
  bootstrapGrant,
  initialState,
  managementResourceServer,
} from './state/initial-state.ts';
import { TenantDatabase } from './state/tenant-database.ts';

/** Ports of the local tenant, all on loopback; 0 takes any that is free. */
export interface LocalTenantPorts {
  readonly tenantHttps: number;
  readonly tenantHttp: number;
  readonly idpsHttps: number;
  readonly idpsHttp: number;
  readonly control: number;
}

/** The ports of `npm start`. */
export const defaultPorts: LocalTenantPorts = {
  tenantHttps: 8443,
  tenantHttp: 8480,
  idpsHttps: 8444,
  idpsHttp: 8481,
  control: 8490,
};

const anyPorts: LocalTenantPorts = { tenantHttps: 0, tenantHttp: 0, idpsHttps: 0, idpsHttp: 0, control: 0 };

/** How a local tenant is started. */
export interface LocalTenantOptions {
  /** Any free ports when left out. */
  readonly ports?: LocalTenantPorts;
  /** Folder for the tenant's state and certificates; when left out, everything is forgotten at the end. */
  readonly folder?: string;
  readonly clock?: Clock;
  /** Rate limit of the Management API; `enterprise-production` when left out. */
  readonly plan?: RateLimitPlan;
  /** Milliseconds for all Actions of one login; 20 s, as in Auth0, when left out. */
  readonly actionTimeLimit?: number;
}

/** A running tenant. */
export interface LocalTenant {
  /** What stands for `example.us.auth0.com`: host and port. */
  readonly domain: string;
  /** Tells this tenant from another one on the same port. */
  readonly tenantId: string;
  readonly origins: Origins;
  readonly controlOrigin: string;
  /** PEM of the authority that signed the tenant's certificates. */
  readonly authority: string;
  /** File with the same PEM, for `NODE_EXTRA_CA_CERTS`; only with a folder. */
  readonly authorityFile: string | undefined;
  /** The client that may deploy to this tenant. */
  readonly bootstrap: { readonly clientId: string; readonly clientSecret: string };
  readonly control: TenantControl;
  readonly faults: Faults;
  readonly database: TenantDatabase;
  /** The tenant's last log events, oldest first. */
  readonly logs: readonly LogEvent[];
  /** Ends all listeners and writes the state a last time. */
  close(): Promise<void>;
}

/**
 * Starts an Auth0 tenant on this machine, with sample IdPs and sample users.
 * @throws PortUnavailableError when a port is taken; what was opened before is closed again
 */
export async function startLocalTenant(options: LocalTenantOptions = {}): Promise<LocalTenant> {
  const { clock = systemClock, folder, ports = anyPorts } = options;
  const fresh = await initialState();
  const database = new TenantDatabase(
    () => fresh,
    folder === undefined ? undefined : join(folder, 'tenant.json'),
  );
  const certificates = await loadCertificates(clock.now(), folder);
  const rateLimit = new RateLimit(clock, options.plan ?? 'enterprise-production');
  const faults = new Faults();
  const origins = { tenantHttps: '', tenantHttp: '', idpsHttps: '', idpsHttp: '' };
  const context: LocalTenantContext = {
    clock,
    database,
    faults,
    origins,
    sessions: new Sessions(),
    actions: new ActionRuntime(clock, options.actionTimeLimit ?? defaultTimeLimit),
    logs: new TenantLogs(clock, database.state.tenantId),
  };
  const delivery = new LogStreamDelivery(database.state, context.logs);
  const control = createTenantControl(context, rateLimit);

  const tenantApp = newApp();
  applyFaults(tenantApp, context, (path) => (path.startsWith('/api/v2/') ? 'management' : 'authentication'));
  tenantApp.addHook('onRequest', async () => letSamplesReturn(context));
  registerAuthenticationApi(tenantApp, context);
  registerManagementApi(tenantApp, context, rateLimit);
  const idpsApp = newApp();
  applyFaults(idpsApp, context, () => 'idps');
  registerSampleIdps(idpsApp, context);
  const controlApp = newApp();
  registerControlApi(controlApp, context, control);

  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    await Promise.all([tenantApp, idpsApp, controlApp].map((app) => app.close()));
    await Promise.all(closers.map((closeListener) => closeListener()));
    delivery.close();
    database.flush();
  };
  try {
    const tenant = await serveOnBoth(
      tenantApp,
      { http: ports.tenantHttp, https: ports.tenantHttps },
      certificates,
    );
    closers.push(tenant.close);
    const idps = await serveOnBoth(idpsApp, { http: ports.idpsHttp, https: ports.idpsHttps }, certificates);
    closers.push(idps.close);
    Object.assign(origins, {
      tenantHttps: tenant.https,
      tenantHttp: tenant.http,
      idpsHttps: idps.https,
      idpsHttp: idps.http,
    });
    const domain = new URL(tenant.https).host;
    ensureManagementApi(context, `https://${domain}/api/v2/`);
    seedTenant(context);
    return {
      domain,
      tenantId: database.state.tenantId,
      origins,
      controlOrigin: await listen(controlApp, ports.control),
      authority: certificates.authority,
      authorityFile: folder === undefined ? undefined : authorityFile(folder),
      bootstrap: { clientId: bootstrapClientId, clientSecret: bootstrapSecret(context) },
      control,
      faults,
      database,
      logs: context.logs.events,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function newApp(): FastifyInstance {
  return Fastify({ logger: false, forceCloseConnections: true, routerOptions: { maxParamLength: 500 } });
}

async function listen(app: FastifyInstance, port: number): Promise<string> {
  try {
    const address = new URL(await app.listen({ host: '127.0.0.1', port }));
    return `http://localhost:${address.port}`;
  } catch (cause) {
    throw new PortUnavailableError(port, cause);
  }
}

/** The Management API's audience holds the tenant's port, which may differ from start to start. */
function ensureManagementApi({ database }: LocalTenantContext, audience: string): void {
  const { resourceServers, clientGrants } = database.state;
  const index = resourceServers.findIndex((server) => server.is_system === true);
  const earlier = resourceServers[index]?.identifier;
  if (index === -1) resourceServers.push(managementResourceServer(audience));
  else resourceServers[index] = managementResourceServer(audience);
  for (const grant of clientGrants) {
    if (grant.audience === earlier) grant.audience = audience;
  }
  const granted = bootstrapGrant(audience);
  const kept = clientGrants.find(
    ({ client_id, audience: other }) => client_id === granted.client_id && other === audience,
  );
  // A tenant that is older than a scope gets it, too.
  if (kept === undefined) clientGrants.push(granted);
  else kept.scope = granted.scope;
  database.save();
}

function bootstrapSecret({ database }: LocalTenantContext): string {
  const client = database.state.clients.find((candidate) => candidate.client_id === bootstrapClientId);
  if (client?.client_secret === undefined)
    throw new Error('The local tenant lost its deploy client. Delete its state to begin anew.');
  return client.client_secret;
}
