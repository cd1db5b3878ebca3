import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parse, stringify } from 'yaml';
import type { CommandTarget } from '../command-target.ts';
import { exportKinds, managedKinds } from '../deploy-cli.ts';
import { DeployError } from '../deploy-error.ts';
import { senderKinds } from '../notice-senders.ts';
import { ExportedTenant, managedPart } from './managed-part.ts';
import { wordsForSecrets } from './words-for-secrets.ts';

/** What an export is asked for. */
export interface ExportOptions {
  readonly target: CommandTarget;
  /** Where to; made when it is not there. */
  readonly folder: string;
  /** True: what is in the folder may be replaced. */
  readonly force: boolean;
  /** True: all resources of the kinds, not only those that the files name. */
  readonly all: boolean;
  readonly onProgress: (line: string) => void;
}

/** What was written. */
export interface TenantExport {
  /** Files below the folder. */
  readonly files: readonly string[];
  /** How many resources of each kind. */
  readonly resources: Readonly<Record<string, number>>;
  /** Words that stand for secrets. */
  readonly words: readonly string[];
}

/**
 * Writes what a tenant has to a folder, in auth0-deploy-cli's words and without a secret.
 * @throws DeployError `output_exists` before anything is asked of the tenant, and those of an import
 */
export async function exportTenant({
  target,
  folder,
  force,
  all,
  onProgress,
}: ExportOptions): Promise<TenantExport> {
  if (!force && existsSync(folder) && readdirSync(folder).length > 0)
    throw new DeployError(
      'output_exists',
      `${folder} is there already. Say --force to replace what is in it, or name another --output.`,
    );
  const draft = mkdtempSync(join(tmpdir(), 'export-'));
  try {
    // Who has opted into no connections need not let the deploy client read any.
    const withConnections = all || target.environment.connections.length > 0;
    const kinds = [
      ...managedKinds,
      ...senderKinds(target.environment),
      ...(withConnections ? ['connections'] : []),
    ];
    onProgress(`Reading ${kinds.join(', ')}`);
    await exportKinds(draft, kinds, { ...target, onProgress });
    const exported = ExportedTenant.parse(parse(readFileSync(join(draft, 'tenant.yaml'), 'utf8')));
    const part = all ? exported : managedPart(exported, target.environment);
    const { value, words } = wordsForSecrets(part);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'tenant.yaml'), stringify(value, { lineWidth: 0 }));
    const named = namedFiles(part, draft);
    for (const file of named) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      cpSync(join(draft, file), join(folder, file));
    }
    const counts = Object.entries(part).map(([kind, resources]) => [kind, resources.length] as const);
    return {
      files: ['tenant.yaml', ...named],
      resources: Object.fromEntries(counts.filter(([, count]) => count > 0)),
      words,
    };
  } finally {
    rmSync(draft, { recursive: true });
  }
}

/** Files that an export names by their paths, such as the code of an Action. */
function namedFiles(value: unknown, folder: string): readonly string[] {
  if (typeof value === 'object' && value !== null)
    return Object.values(value).flatMap((field: unknown) => namedFiles(field, folder));
  if (typeof value !== 'string' || !value.startsWith('./')) return [];
  const file = resolve(folder, value);
  return file.startsWith(`${folder}${sep}`) && existsSync(file) ? [relative(folder, file)] : [];
}
