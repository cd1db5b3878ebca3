import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { NoticeSenders } from './notice-senders.ts';
import { describeAction } from './post-login-deployment.ts';
import { readTenantFile } from './tenant-file.ts';

const codeFile = 'post-login.js';

/** What one import reads. */
export interface ImportFiles {
  /** The CLI's input file. */
  readonly input: string;
  readonly remove: () => void;
}

/**
 * Writes what the CLI reads to a folder of its own: tenant.yaml as it is, the log stream, and the Action with its code, which the
 * CLI takes from a file beside. Values of secrets are not written; they stand there as @@WORDS@@.
 */
export function writeImportFiles({ action, logStream }: NoticeSenders): ImportFiles {
  const folder = mkdtempSync(join(tmpdir(), 'idp-relay-import-'));
  const input = join(folder, 'tenant.yaml');
  const senders = {
    // Each of the secrets is a word of the mappings; as a @@LIST@@ it comes out quoted, whatever is in it.
    ...(action && { actions: [describeAction(`./${codeFile}`, (secret) => `@@${secret}@@`)] }),
    ...(logStream && { logStreams: [logStream.stream] }),
  };
  const described = Object.keys(senders).length === 0 ? '' : stringify(senders);
  writeFileSync(input, `${readTenantFile()}\n${described}`);
  if (action !== undefined) writeFileSync(join(folder, codeFile), action.code);
  return { input, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
