import { mkdirSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import {
  defaultPorts,
  startLocalTenant,
  type LocalTenant,
  type LocalTenantPorts,
} from '@idp-relay/local-tenant';
import {
  apiSettings,
  deployTenant,
  readEnvironment,
  writeSettings,
  type Environment,
  type Provisioned,
} from '@idp-relay/tenant';
import { startApi, type RunningApi } from './api-process.ts';
import { assignSampleRoles } from './assign-sample-roles.ts';
import { localPaths, type LocalPaths } from './local-paths.ts';

/** How a local installation is started. */
export interface InstallationOptions {
  /** Added to every port. */
  readonly portOffset: number;
  /** Hears what is being done, in plain words. */
  readonly onProgress: (line: string) => void;
}

/** Everything that `npm start` runs. */
export interface Installation {
  readonly tenant: LocalTenant;
  readonly provisioned: Provisioned;
  readonly api: RunningApi;
  readonly paths: LocalPaths;
  /** Ends all of it. */
  close(): Promise<void>;
}

/** The callback at which `npm run token` picks its code up. */
export const tokenCallback = 'http://localhost:8788/callback';

const apiPort = 3000;
const apiOrigin = `http://localhost:${apiPort}`;
const metricsPort = 9464;

/**
 * Starts the local tenant, brings it to what tenant.yaml says, and starts the API against it.
 * @throws PortUnavailableError, DeployError, ApiFailedError
 */
export async function startInstallation({
  portOffset,
  onProgress,
}: InstallationOptions): Promise<Installation> {
  const paths = localPaths(portOffset);
  mkdirSync(paths.folder, { recursive: true });
  onProgress('Starting the local tenant');
  const tenant = await startLocalTenant({ ports: shiftPorts(portOffset), folder: paths.tenantFolder });
  try {
    trust(tenant.authority);
    onProgress('Provisioning it from tenant/tenant.yaml by auth0-deploy-cli (half a minute, the first time)');
    const { provisioned, imported } = await provision(tenant, paths, portOffset, onProgress);
    if (!imported) onProgress('Nothing changed since the last time: provisioning skipped');
    await assignSampleRoles(tenant, provisioned);
    writeSettings(paths.apiSettings, apiSettings(provisioned));
    writeSettings(paths.sampleSettings, {
      TENANT_ORIGIN: tenant.origins.tenantHttp,
      RELAY_AUDIENCE: provisioned.audience,
      SAMPLE_PRODUCT_CLIENT_ID: provisioned.sampleProductClientId,
      SAMPLE_PRODUCT_CALLBACK: tokenCallback,
      SAMPLE_BACKEND_CLIENT_ID: provisioned.sampleBackendClientId,
      SAMPLE_BACKEND_CLIENT_SECRET: provisioned.sampleBackendClientSecret,
    });
    onProgress('Starting the API');
    const api = await startApi({
      settingsFile: paths.apiSettings,
      logFile: paths.apiLog,
      environment: {
        NODE_EXTRA_CA_CERTS: tenant.authorityFile ?? '',
        SAMPLE_IDPS: tenant.origins.idpsHttps,
        PORT: String(apiPort + portOffset),
        METRICS_PORT: String(metricsPort + portOffset),
        CORS_ORIGINS: 'http://localhost:5173,http://localhost:5174',
        DASHBOARD_TENANT_ORIGIN: tenant.origins.tenantHttp,
        SIGNED_IN_URL: `${shiftApiOrigin(apiOrigin, portOffset)}/signed-in`,
      },
    });
    return {
      tenant,
      provisioned,
      api,
      paths,
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

function provision(
  tenant: LocalTenant,
  paths: LocalPaths,
  portOffset: number,
  onProgress: (line: string) => void,
) {
  const local = readEnvironment('local');
  const shift = (urls: readonly string[]) => urls.map((url) => shiftApiOrigin(url, portOffset));
  const environment: Environment = {
    ...local,
    keywords: {
      ...local.keywords,
      DASHBOARD_URLS: shift(local.keywords.DASHBOARD_URLS),
      SAMPLE_PRODUCT_CALLBACKS: shift(local.keywords.SAMPLE_PRODUCT_CALLBACKS),
    },
    domain: tenant.domain,
    custom_domains: [tenant.origins.tenantHttp],
  };
  return deployTenant({
    environment,
    credentials: tenant.bootstrap,
    fetch: globalThis.fetch,
    ...(tenant.authorityFile !== undefined && { authorityFile: tenant.authorityFile }),
    onProgress: (line) => onProgress(`  ${line}`),
    stamp: { file: paths.stamp, tenantId: tenant.tenantId },
  });
}

/** This process calls the tenant too, and must trust the authority that the tenant made a moment ago. */
function trust(authority: string): void {
  setDefaultCACertificates([...getCACertificates('default'), authority]);
}

/** Addresses at the API, which moves with the other ports. */
function shiftApiOrigin(url: string, offset: number): string {
  return url.replace(apiOrigin, `http://localhost:${apiPort + offset}`);
}

function shiftPorts(offset: number): LocalTenantPorts {
  return {
    tenantHttps: defaultPorts.tenantHttps + offset,
    tenantHttp: defaultPorts.tenantHttp + offset,
    idpsHttps: defaultPorts.idpsHttps + offset,
    idpsHttp: defaultPorts.idpsHttp + offset,
    control: defaultPorts.control + offset,
  };
}
