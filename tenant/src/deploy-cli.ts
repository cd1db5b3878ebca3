import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { lackingScope, refusedClient, scopesNamedIn } from './deploy-client-refusal.ts';
import { DeployError } from './deploy-error.ts';
import { tenantFolder, type DeployCredentials, type Environment } from './environment.ts';
import { writeImportFiles } from './import-files.ts';
import { senderKinds, senderWords, type NoticeSenders } from './notice-senders.ts';
import { fillingWords } from './tenant-file.ts';
import { unwantedClients } from './unwanted-clients.ts';

/** The only kinds of resource that a deployment looks at; where it brings the Action or the log stream, theirs too. */
export const managedKinds = ['resourceServers', 'clients', 'clientGrants', 'roles'] as const;

/** How one import is run. */
export interface ImportOptions {
  readonly environment: Environment;
  readonly credentials: DeployCredentials;
  /** The Action and the log stream that are imported too, where the environment has them. */
  readonly senders?: NoticeSenders;
  /** PEM file of an authority that signed the tenant's certificate, where the public ones did not. */
  readonly authorityFile?: string;
  /** What is imported; tenant.yaml when left out. */
  readonly input?: {
    readonly file: string;
    readonly kinds: readonly string[];
    /** What its words stand for, besides those of the environment. Go by an environment variable, secrets included. */
    readonly words: Readonly<Record<string, unknown>>;
  };
  /** Hears one plain line for each step. */
  readonly onProgress: (line: string) => void;
  /** Hears every line that the CLI prints. They are not for people: they may quote what was sent. */
  readonly onOutput?: (line: string) => void;
  /** Ends the import half-way. */
  readonly signal?: AbortSignal;
}

const require = createRequire(import.meta.url);
const cliManifest = require.resolve('auth0-deploy-cli/package.json');
const Manifest = z.object({ version: z.string(), bin: z.record(z.string(), z.string()) });

/** Version of the CLI that runs, part of what a deployment rests on. */
export function deployCliVersion(): string {
  return Manifest.parse(require(cliManifest)).version;
}

/**
 * Imports tenant.yaml, the Action and the log stream by the real auth0-deploy-cli, in a process of its own. It creates and changes; it deletes nothing.
 * Secrets go by environment variables, which no other user of the machine sees.
 * @throws DeployError, or the signal's reason once it is aborted and the CLI has ended
 * @see https://github.com/auth0/auth0-deploy-cli/blob/master/docs/configuring-the-deploy-cli.md
 */
export async function importTenant(options: ImportOptions): Promise<void> {
  if (options.input !== undefined) {
    const { file, ...input } = options.input;
    return runDeployCli(['import', '--input_file', file], { ...input, name: basename(file) }, options);
  }
  const { environment, senders = {} } = options;
  const files = writeImportFiles(senders);
  try {
    await runDeployCli(
      ['import', '--input_file', files.input],
      {
        kinds: [...managedKinds, ...senderKinds(environment)],
        words: senderWords(senders),
        name: 'tenant.yaml',
      },
      options,
    );
  } finally {
    files.remove();
  }
}

/**
 * Writes what a tenant has of some kinds to a folder, by the real auth0-deploy-cli: tenant.yaml, and files that it names.
 * @throws DeployError
 */
export function exportKinds(
  folder: string,
  kinds: readonly string[],
  options: Omit<ImportOptions, 'input'>,
): Promise<void> {
  const args = ['export', '--format', 'yaml', '--output_folder', folder];
  return runDeployCli(args, { kinds, words: {}, name: 'The export' }, options);
}

async function runDeployCli(
  args: readonly string[],
  { kinds, words, name }: Omit<NonNullable<ImportOptions['input']>, 'file'> & { readonly name: string },
  { environment, credentials, authorityFile, onProgress, onOutput, signal }: Omit<ImportOptions, 'input'>,
): Promise<void> {
  signal?.throwIfAborted();
  const bin = Manifest.parse(require(cliManifest)).bin.a0deploy ?? 'lib/index.js';
  const child = spawn(process.execPath, [join(dirname(cliManifest), bin), ...args], {
    cwd: tenantFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      HTTPS_PROXY: process.env.HTTPS_PROXY,
      ...(authorityFile === undefined
        ? { NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS }
        : { NODE_EXTRA_CA_CERTS: authorityFile }),
      AUTH0_DOMAIN: environment.domain,
      AUTH0_CLIENT_ID: credentials.clientId,
      AUTH0_CLIENT_SECRET: credentials.clientSecret,
      AUTH0_ALLOW_DELETE: 'false',
      AUTH0_INCLUDED_ONLY: JSON.stringify(kinds),
      AUTH0_EXCLUDED_CLIENTS: JSON.stringify(unwantedClients(environment)),
      AUTH0_KEYWORD_REPLACE_MAPPINGS: JSON.stringify({ ...words, ...fillingWords(environment) }),
    },
  });
  const output: string[] = [];
  const listen = (stream: NodeJS.ReadableStream): Promise<void> =>
    new Promise((resolve) => {
      const lines = createInterface({ input: stream });
      lines.on('line', (line) => {
        output.push(line);
        onOutput?.(line);
        const step = readProgress(line);
        if (step !== undefined) onProgress(step);
      });
      lines.on('close', resolve);
    });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const kill = (): boolean => child.kill();
  signal?.addEventListener('abort', kill);
  process.once('exit', kill);
  const [code] = await Promise.all([ended, listen(child.stdout), listen(child.stderr)]);
  process.off('exit', kill);
  signal?.removeEventListener('abort', kill);
  signal?.throwIfAborted();
  if (code !== 0) throw explainFailure(output.join('\n'), environment, name);
}

/** The CLI writes `Created [clients]: {"name":"…"}` among timestamps and colours; a person needs verb, kind and name. */
function readProgress(line: string): string | undefined {
  const found = /(Created|Updated) \[(\w+)\]:.*?"(?:name|audience)":"([^"]*)"/.exec(line);
  return found === null ? undefined : `${found[1] ?? ''} ${found[2] ?? ''}: ${found[3] ?? ''}`;
}

/** One line for each of the ways in which an import is known to fail. Of the CLI's own output only the tenant's scopes and reasons are quoted. */
export function explainFailure(output: string, environment: Environment, file: string): DeployError {
  const { domain } = environment;
  const scopes = scopesNamedIn(output);
  if (scopes !== undefined) return lackingScope(domain, scopes);
  if (/access_denied|Unauthorized|invalid_client|401/i.test(output)) return refusedClient(environment);
  if (
    /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ECONNRESET|fetch failed|self.signed|UNABLE_TO|getaddrinfo|did not return an alternative response/i.test(
      output,
    )
  ) {
    return new DeployError(
      'tenant_unreachable',
      `${domain} cannot be reached. Check the domain and the network.`,
    );
  }
  if (
    /schema validation|Unable to validate|Problem (?:updating|creating)|YAMLException|Bad Request/i.test(
      output,
    )
  ) {
    const said = /"message": "([^"]{1,300})/.exec(output)?.[1];
    return new DeployError(
      'configuration_refused',
      said === undefined
        ? `${file} was refused. Run the import by hand to see why: tenant/README.md says how.`
        : `${file} was refused: ${said}`,
    );
  }
  return new DeployError(
    'deploy_failed',
    'auth0-deploy-cli failed. Run the import by hand to see why: tenant/README.md says how.',
  );
}
