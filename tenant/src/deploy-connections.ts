import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TenantReader } from '@idp-relay/tenant-doctor';
import { z } from 'zod';
import { ownMark, type ConnectionFiles } from './connection-files.ts';
import { importTenant, type ImportOptions } from './deploy-cli.ts';
import { DeployError } from './deploy-error.ts';

const Connection = z.object({
  name: z.string(),
  metadata: z.looseObject({ managed_by: z.string().optional() }).nullish(),
});

/**
 * Refuses to overwrite connections that a deployment did not make.
 * @throws DeployError `connection_not_ours` naming them, FactUnavailableError, and the errors of the Management API
 */
export async function refuseForeignConnections(
  tenant: TenantReader,
  { connections }: ConnectionFiles,
): Promise<void> {
  const present = await tenant.list({
    path: '/connections',
    name: 'connections',
    item: Connection,
    paging: 'checkpoint',
    scopes: ['read:connections'],
  });
  const wanted = new Set(connections.map(({ name }) => name));
  const foreign = present.filter(
    ({ name, metadata }) => wanted.has(name) && metadata?.managed_by !== ownMark,
  );
  if (foreign.length === 0) return;
  throw new DeployError(
    'connection_not_ours',
    `${tenant.domain} has of its own: ${foreign.map(({ name }) => name).join(', ')}. Nothing was deployed. Name other connections in tenant/connections, or see the plan and say --take-over-connections: their options are replaced whole.`,
  );
}

/**
 * Imports connections by the real auth0-deploy-cli. It creates and changes; it deletes nothing.
 * @throws DeployError, or the signal's reason
 */
export async function importConnections(
  { text, words }: ConnectionFiles,
  options: Omit<ImportOptions, 'input'>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'connections-'));
  const file = join(folder, 'connections.yaml');
  try {
    writeFileSync(file, text);
    await importTenant({ ...options, input: { file, kinds: ['connections'], words } });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
