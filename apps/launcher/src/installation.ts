import { mkdirSync } from 'node:fs';
import { startLocalTenant, type LocalTenant } from '@idp-relay/local-tenant';
import { apiSettings, deployTenant, writeSettings, type Provisioned } from '@idp-relay/tenant';
import { startApi, type RunningApi } from './api-process.ts';
import { assignSampleRoles } from './assign-sample-roles.ts';
import { requireFreePorts } from './free-ports.ts';
import { localEnvironment } from './local-environment.ts';
import { localNoticeSecrets } from './local-notice-secrets.ts';
import { localPaths, type LocalPaths } from './local-paths.ts';
import { localPorts } from './local-ports.ts';
import { localRelayVariables } from './local-relay-file.ts';
import { trust } from './trust.ts';

/** How a local installation is started. */
export interface InstallationOptions {
  /** Added to every port. */
  readonly portOffset: number;
  /** Hears what is being done, in plain words. */
  readonly onProgress: (line: string) => void;
  /** Hears every line that the deploy CLI prints; people do not. */
  readonly onDeployOutput?: (line: string) => void;
  /** Gives the start up, and ends what was started. */
  readonly signal?: AbortSignal;
}

/** Everything that `npm start` runs. */
export interface Installation {
  readonly tenant: LocalTenant;
  readonly provisioned: Provisioned;
  readonly api: RunningApi;
  readonly paths: LocalPaths;
  /** What the relay's file names by `${NAMES}`, but for client ids. */
  readonly relayVariables: Readonly<Record<string, string>>;
  /** Ends all of it. */
  close(): Promise<void>;
}

/** The callback at which `npm run token` picks its code up. */
export const tokenCallback = 'http://localhost:8788/callback';

/**
 * Starts the local tenant, brings it to what tenant.yaml says, and starts the API against it.
 * @throws PortUnavailableError, DeployError, ApiFailedError, or the signal's reason
 */
export async function startInstallation(options: InstallationOptions): Promise<Installation> {
  const { portOffset, onProgress, signal } = options;
  const paths = localPaths(portOffset);
  const ports = localPorts(portOffset);
  const relayVariables = localRelayVariables(portOffset);
  mkdirSync(paths.folder, { recursive: true });
  await requireFreePorts([ports.api, ports.metrics]);
  onProgress('Starting the local tenant');
  const tenant = await startLocalTenant({ ports: ports.tenant, folder: paths.tenantFolder });
  try {
    trust(tenant.authority);
    onProgress('Provisioning it from tenant/tenant.yaml by auth0-deploy-cli (half a minute, the first time)');
    const { provisioned, imported } = await provision(tenant, paths, options);
    if (!imported) onProgress('Nothing changed since the last time: provisioning skipped');
    await assignSampleRoles(tenant, provisioned);
    writeSettings(paths.apiSettings, apiSettings(provisioned, localNoticeSecrets(paths)));
    writeSettings(paths.sampleSettings, {
      TENANT_ORIGIN: tenant.origins.tenantHttp,
      RELAY_AUDIENCE: provisioned.audience,
      SAMPLE_PRODUCT_CLIENT_ID: provisioned.sampleProductClientId,
      SAMPLE_PRODUCT_CALLBACK: tokenCallback,
      SAMPLE_BACKEND_CLIENT_ID: provisioned.sampleBackendClientId,
      SAMPLE_BACKEND_CLIENT_SECRET: provisioned.sampleBackendClientSecret,
      RELAY_ORIGIN: `http://localhost:${ports.api}`,
    });
    writeSettings(paths.sampleProductSettings, {
      VITE_TENANT_ORIGIN: tenant.origins.tenantHttp,
      VITE_CLIENT_ID: provisioned.sampleProductClientId,
      VITE_RELAY_ORIGIN: `http://localhost:${ports.api}`,
      VITE_RELAY_AUDIENCE: provisioned.audience,
    });
    onProgress('Starting the API');
    const api = await startApi({
      port: ports.api,
      metricsPort: ports.metrics,
      settingsFile: paths.apiSettings,
      logFile: paths.apiLog,
      environment: {
        NODE_EXTRA_CA_CERTS: tenant.authorityFile ?? '',
        RELAY_DATA_FOLDER: paths.relayFolder,
        ...relayVariables,
        CORS_ORIGINS: 'http://localhost:5173,http://localhost:5174',
        DASHBOARD_TENANT_ORIGIN: tenant.origins.tenantHttp,
      },
      ...(signal !== undefined && { signal }),
    });
    return {
      tenant,
      provisioned,
      api,
      paths,
      relayVariables,
      close: async () => {
        await api.stop();
        await tenant.close();
      },
    };
  } catch (error) {
    await tenant.close();
    throw error;
  }
}

function provision(tenant: LocalTenant, paths: LocalPaths, options: InstallationOptions) {
  const { portOffset, onProgress, onDeployOutput, signal } = options;
  return deployTenant({
    environment: localEnvironment(portOffset),
    credentials: tenant.bootstrap,
    ...localNoticeSecrets(paths),
    fetch: globalThis.fetch,
    ...(tenant.authorityFile !== undefined && { authorityFile: tenant.authorityFile }),
    onProgress: (line) => onProgress(`  ${line}`),
    ...(onDeployOutput !== undefined && { onOutput: onDeployOutput }),
    ...(signal !== undefined && { signal }),
    stamp: { file: paths.stamp, tenantId: tenant.tenantId },
    workerKeyFile: paths.workerKey,
  });
}
