import { importTenant, type ImportOptions } from './deploy-cli.ts';
import { DeployError } from './deploy-error.ts';
import { deploymentStamp, readStamp, writeStamp } from './deployment-stamp.ts';
import { readManagedResources, type ManagedResources } from './managed-resources.ts';
import { pickProvisioned, type Provisioned } from './provisioned.ts';

/** How a tenant is deployed. */
export interface DeployOptions extends ImportOptions {
  /** Reaches the tenant for what the CLI does not tell; must trust its certificate. */
  readonly fetch: typeof fetch;
  /** Skips the import when nothing has changed, here or in the tenant, since the one that this file tells of. */
  readonly stamp?: { readonly file: string; readonly tenantId: string };
}

/** What came of a deployment. */
export interface Deployment {
  readonly provisioned: Provisioned;
  /** False: nothing had changed, so nothing was imported. */
  readonly imported: boolean;
}

/**
 * Brings the tenant to what tenant.yaml says, and reads back what the relay needs.
 * @throws DeployError, or the signal's reason
 */
export async function deployTenant(options: DeployOptions): Promise<Deployment> {
  const { environment, stamp } = options;
  const kept = stamp && readStamp(stamp.file);
  if (stamp && kept !== undefined) {
    try {
      const resources = await read(options);
      if (deploymentStamp(environment, stamp.tenantId, resources) === kept)
        return { provisioned: pickProvisioned(environment, resources), imported: false };
    } catch (error) {
      // The import says better what is wrong, or mends it.
      if (!(error instanceof DeployError)) throw error;
    }
  }
  await importTenant(options);
  const resources = await read(options);
  const provisioned = pickProvisioned(environment, resources);
  if (stamp) writeStamp(stamp.file, deploymentStamp(environment, stamp.tenantId, resources));
  return { provisioned, imported: true };
}

function read({ environment, credentials, fetch: fetcher }: DeployOptions): Promise<ManagedResources> {
  return readManagedResources(environment, credentials, fetcher);
}
