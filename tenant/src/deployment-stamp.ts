import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { deployCliVersion } from './deploy-cli.ts';
import type { Environment } from './environment.ts';
import type { ManagedResources } from './managed-resources.ts';
import type { NoticeSenders } from './notice-senders.ts';
import { readTenantFile } from './tenant-file.ts';

/** Secrets, which a tenant may rotate without a deployment, and times. */
const leftOut = new Set(['client_secret', 'signing_secret', 'signing_keys', 'created_at', 'updated_at']);

/**
 * A mark of everything that a deployment rests on, and of what came of it: tenant.yaml, the environment, the Action, the log stream,
 * the CLI's version, which tenant it is, and the resources that the tenant has by now. As long as it is the same, an import would change nothing.
 * @param tenantId tells tenants of the same domain apart; the domain itself where each has its own
 */
export function deploymentStamp(
  environment: Environment,
  tenantId: string,
  resources: ManagedResources,
  { action, logStream }: NoticeSenders = {},
): string {
  const parts = [
    readTenantFile(),
    environment,
    deployCliVersion(),
    tenantId,
    canonical(resources),
    // A tenant never shows the values of secrets, so a new one is seen here alone.
    action && [action.code, action.noticeSecret.fingerprint()],
    logStream && [logStream.stream, logStream.token.fingerprint()],
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** One text for values that differ in the order of fields and items alone: in a tenant's lists it has no meaning. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([name]) => !leftOut.has(name));
  return `{${fields
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`)
    .sort()
    .join()}}`;
}

/** The stamp that was kept, if any. */
export function readStamp(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Keeps a stamp. */
export function writeStamp(file: string, stamp: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${stamp}\n`);
}
