import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { startInstallation } from '../src/installation.ts';
import { localPaths } from '../src/local-paths.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the installation that all browser tests share can be reached. */
    readonly origins: {
      /** The API, which serves the dashboard. */
      readonly api: string;
      /** The tenant, as browsers reach it. */
      readonly tenant: string;
      /** The tenant's control interface. */
      readonly control: string;
      /** Where the API shows its metrics. */
      readonly metrics: string;
    };
    /** May do anything by the local tenant's Management API. */
    readonly deployClient: { readonly id: string; readonly secret: string; readonly domain: string };
  }
}

// Ports of its own, so that the tests run beside `npm start`.
const portOffset = 18_000;

/** Starts everything that `npm start` does, once for all browser tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // What an earlier run revoked or renewed must not be there any more.
  rmSync(localPaths(portOffset).folder, { recursive: true, force: true });
  const installation = await startInstallation({ portOffset, onProgress: () => undefined });
  project.provide('origins', {
    api: installation.api.origin,
    tenant: installation.tenant.origins.tenantHttp,
    control: installation.tenant.controlOrigin,
    metrics: installation.api.metricsOrigin,
  });
  const { bootstrap, domain } = installation.tenant;
  project.provide('deployClient', { id: bootstrap.clientId, secret: bootstrap.clientSecret, domain });
  return () => installation.close();
}
