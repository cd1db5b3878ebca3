import { importTenant } from './deploy-cli.ts';
import { DeployError } from './deploy-error.ts';
import { deploymentStamp, readStamp, writeStamp } from './deployment-stamp.ts';
import type { DeployCredentials, Environment } from './environment.ts';
import { readProvisioned, type Provisioned } from './provisioned.ts';

/** How a tenant is deployed. */
export interface DeployOptions {
  readonly environment: Environment;
  readonly credentials: DeployCredentials;
  /** Reaches the tenant for what the CLI does not tell; must trust its certificate. */
  readonly fetch: typeof fetch;
  /** PEM file of the authority that signed the tenant's certificate, where the public ones did not. */
  readonly authorityFile?: string;
  readonly onProgress: (line: string) => void;
  /** Skips the import when nothing that it rests on has changed since the one that this file tells of. */
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
 * @throws DeployError
 */
export async function deployTenant(options: DeployOptions): Promise<Deployment> {
  const { environment, credentials, stamp } = options;
  const current = stamp && deploymentStamp(environment, stamp.tenantId);
  if (stamp && readStamp(stamp.file) === current) {
    try {
      return { provisioned: await readProvisioned(environment, credentials, options.fetch), imported: false };
    } catch (error) {
      // Somebody took something away by hand: the import puts it back.
      if (!(error instanceof DeployError)) throw error;
    }
  }
  await importTenant(options);
  const provisioned = await readProvisioned(environment, credentials, options.fetch);
  if (stamp && current !== undefined) writeStamp(stamp.file, current);
  return { provisioned, imported: true };
}
