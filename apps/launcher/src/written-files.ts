import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Installation } from './installation.ts';
import type { Artifact } from './leak-search.ts';

/** Files that hold secrets because that is what they are for; nobody but their owner may read them. */
const secretFiles = new Set([
  'api.env',
  'samples.env',
  'encryption-key',
  'token-vault-worker.pem',
  'notice-secret',
  'log-stream-token',
]);

/**
 * Every file that the installation wrote, those of the relay's database included, but for the tenant's own folder: that one plays Auth0 and the IdPs, who keep tokens.
 * @throws Error when a file that holds secrets can be read by others
 */
export function readWrittenFiles({ paths }: Installation): Artifact[] {
  const artifacts: Artifact[] = [];
  for (const entry of readdirSync(paths.folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    if (!relative(paths.tenantFolder, file).startsWith('..')) continue;
    if (!secretFiles.has(entry.name))
      artifacts.push({ source: relative(paths.folder, file), text: readFileSync(file, 'latin1') });
    else if ((statSync(file).mode & 0o077) !== 0)
      throw new Error(`${file} holds secrets and can be read by others.`);
  }
  return artifacts;
}
