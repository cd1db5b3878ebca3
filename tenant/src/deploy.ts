import { importTenant, type ImportOptions } from './deploy-cli.ts';
import { DeployError } from './deploy-error.ts';
import { deploymentStamp, readStamp, writeStamp } from './deployment-stamp.ts';
import { readManagedResources, type ManagedResources } from './managed-resources.ts';
import type { NoticeSecrets } from './notice-secrets.ts';
import { prepareSenders } from './notice-senders.ts';
import { bindPostLogin } from './post-login-binding.ts';
import { pickProvisioned, type Provisioned } from './provisioned.ts';
import { bringUpWorker } from './vault-worker.ts';
import { defaultWorkerKeyFile, readOrMakeWorkerKey } from './worker-key.ts';

/** How a tenant is deployed: with the secrets that the environment's Action and log stream need. */
export interface DeployOptions extends Omit<ImportOptions, 'senders'>, NoticeSecrets {
  /** Reaches the tenant for what the CLI does not tell; must trust its certificate. */
  readonly fetch: typeof fetch;
  /** Skips the import when nothing has changed, here or in the tenant, since the one that this file tells of. */
  readonly stamp?: { readonly file: string; readonly tenantId: string };
  /** File of the private key of the privileged worker for Token Vault, made where there is none. In `.data` when left out. */
  readonly workerKeyFile?: string;
}

/** What came of a deployment. */
export interface Deployment {
  readonly provisioned: Provisioned;
  /** False: nothing had changed, so nothing was imported. */
  readonly imported: boolean;
}

/**
 * Brings the tenant to what tenant.yaml and the environment say, with the Action and the log stream where the environment has
 * them, and reads back what the relay needs.
 * @throws DeployError, or the signal's reason
 */
export async function deployTenant(options: DeployOptions): Promise<Deployment> {
  const { environment, stamp } = options;
  const senders = await prepareSenders(environment, options);
  const stampOf: StampOf = (resources, tenantId) =>
    deploymentStamp(environment, tenantId, resources, senders);
  const unchanged = await readUnchanged(options, stampOf);
  if (unchanged === undefined) {
    await importTenant({ ...options, senders });
    if (senders.action) await bindPostLogin(options);
  }
  const imported = unchanged ?? (await read(options));
  const access = environment.token_vault?.worker;
  const key = access && readOrMakeWorkerKey(options.workerKeyFile ?? defaultWorkerKeyFile(environment));
  const hasNewWorker =
    access !== undefined &&
    key !== undefined &&
    (await bringUpWorker({ ...options, resources: imported, key, access }));
  const resources = hasNewWorker ? await read(options) : imported;
  const provisioned = pickProvisioned(environment, resources, key);
  if (stamp) writeStamp(stamp.file, stampOf(resources, stamp.tenantId));
  return { provisioned, imported: unchanged === undefined };
}

/** What a deployment leaves, in short. */
type StampOf = (resources: ManagedResources, tenantId: string) => string;

/** What the tenant has, if it is what the last deployment left. */
async function readUnchanged(
  options: DeployOptions,
  stampOf: StampOf,
): Promise<ManagedResources | undefined> {
  const { stamp } = options;
  const kept = stamp && readStamp(stamp.file);
  if (stamp === undefined || kept === undefined) return undefined;
  try {
    const resources = await read(options);
    return stampOf(resources, stamp.tenantId) === kept ? resources : undefined;
  } catch (error) {
    // The import says better what is wrong, or mends it.
    if (!(error instanceof DeployError)) throw error;
    return undefined;
  }
}

function read({ environment, credentials, fetch: fetcher }: DeployOptions): Promise<ManagedResources> {
  return readManagedResources(environment, credentials, fetcher);
}
