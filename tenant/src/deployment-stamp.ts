import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deployCliVersion } from './deploy-cli.ts';
import { tenantFolder, type Environment } from './environment.ts';

/**
 * A mark of everything that a deployment rests on: tenant.yaml, the environment, the CLI's version and which tenant it is.
 * As long as it is the same, an import would change nothing.
 * @param tenantId tells tenants of the same domain apart; the domain itself where each has its own
 */
export function deploymentStamp(environment: Environment, tenantId: string): string {
  const parts = [
    readFileSync(join(tenantFolder, 'tenant.yaml'), 'utf8'),
    JSON.stringify(environment),
    deployCliVersion(),
    tenantId,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
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
