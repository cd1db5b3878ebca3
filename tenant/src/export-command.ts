import { resolve } from 'node:path';
import { exportTenant } from './export/export-tenant.ts';
import { parseOptions, runCommand, sharedHelp, sharedOptions, type CommandOptions } from './run-command.ts';

const help = `Writes what a tenant has of the managed resources to a folder, by auth0-deploy-cli and without a secret. Nothing is changed.

  npm run tenant:export -- --env NAME [options]

${sharedHelp}
  --output FOLDER        where to (default: .data/export/NAME)
  --force                replace what is there
  --all                  all resources of these kinds, not only those that tenant/tenant.yaml names

Exit codes: 0 written, 2 the tenant could not be looked at, or nothing was written.
`;

const exportOptions = {
  ...sharedOptions,
  output: { type: 'string' },
  force: { type: 'boolean', default: false },
  all: { type: 'boolean', default: false },
} as const;

/**
 * The command `tenant:export`.
 * @returns the exit code
 */
export function runExportCommand(argv: readonly string[], options: CommandOptions): Promise<number> {
  return runCommand(
    argv,
    {
      help,
      parse: (args) => parseOptions(args, exportOptions),
      run: async ({ target, values, onProgress }) => {
        const { env, output, force, all } = values;
        const folder = resolve(output ?? `.data/export/${env}`);
        const written = await exportTenant({ target, folder, force, all, onProgress });
        const counts = Object.entries(written.resources).map(([kind, count]) => `${count} ${kind}`);
        return {
          exitCode: 0,
          json: { folder, ...written },
          text: [
            `What ${target.environment.domain} has is in ${folder}:`,
            ...written.files.map((file) => `  ${file}`),
            `${counts.length === 0 ? 'It has nothing that tenant/tenant.yaml names; --all writes everything' : counts.join(', ')}.`,
            ...(written.words.length === 0 ? [] : [`Words stand for secrets: ${written.words.join(', ')}.`]),
            '',
          ].join('\n'),
        };
      },
    },
    options,
  );
}
