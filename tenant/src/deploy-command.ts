import { resolve } from 'node:path';
import { readConnectionFiles } from './connection-files.ts';
import { deployTenant } from './deploy.ts';
import { importConnections, refuseForeignConnections } from './deploy-connections.ts';
import { DeployError } from './deploy-error.ts';
import { openTenantReader } from './open-tenant-reader.ts';
import { readNoticeSecrets } from './notice-secrets.ts';
import { parseOptions, runCommand, sharedHelp, sharedOptions, type CommandOptions } from './run-command.ts';
import { apiSettings, describeSettings, shownSettings, writeSettings } from './settings.ts';

const help = `Brings a tenant to what tenant/tenant.yaml says, by auth0-deploy-cli. Nothing is deleted.

  npm run tenant:deploy -- --env NAME [options]

${sharedHelp}
  --yes                  needed for environments marked as production
  --write-env-file FILE  write what the API needs to FILE, readable by you alone, instead of showing it
                         (default for local: where "npm start" keeps it)
  --show-secrets         show secrets too
  --take-over-connections
                         replace connections of the tenant's own that the environment's connections name
  --worker-key-file FILE private key of the privileged worker for Token Vault, where the environment wants one; made where
                         there is none (default: .data/tenants/DOMAIN/token-vault-worker.pem)

npm run tenant:plan shows what it would do.
Exit codes: 0 deployed, 1 the deployment failed or something was refused, 2 the tenant could not be looked at.
`;

/** After these the tenant was looked at, and may have been changed. */
const failures = new Set([
  'scope_missing',
  'configuration_refused',
  'deploy_failed',
  'connection_not_ours',
  'file_unusable',
  'unforeseen',
]);

const deployOptions = {
  ...sharedOptions,
  yes: { type: 'boolean', default: false },
  'write-env-file': { type: 'string' },
  'show-secrets': { type: 'boolean', default: false },
  'take-over-connections': { type: 'boolean', default: false },
  'worker-key-file': { type: 'string' },
} as const;

/**
 * The command `tenant:deploy`.
 * @returns the exit code
 */
export function runDeployCommand(argv: readonly string[], options: CommandOptions): Promise<number> {
  return runCommand(
    argv,
    {
      help,
      failures,
      parse: (args) => parseOptions(args, deployOptions),
      check: ({ production, domain }, { env, yes }) => {
        if (production && !yes)
          throw new DeployError(
            'confirmation_needed',
            `${env} is a production environment (${domain}): say --yes.`,
          );
      },
      run: async ({ target, local, values, onProgress: tell }) => {
        const steps: string[] = [];
        const onProgress = (line: string): void => {
          steps.push(line);
          tell(line);
        };
        const files = readConnectionFiles(target.environment, options.variables);
        if (files !== undefined && !values['take-over-connections'])
          await refuseForeignConnections(openTenantReader(target), files);
        const secrets = readNoticeSecrets(target, options.variables);
        const { provisioned } = await deployTenant({
          ...target,
          ...secrets,
          ...(values['worker-key-file'] !== undefined && {
            workerKeyFile: resolve(values['worker-key-file']),
          }),
          fetch: globalThis.fetch,
          onProgress,
        });
        if (files !== undefined) await importConnections(files, { ...target, onProgress });
        const settings = apiSettings(provisioned, secrets);
        const { domain } = target.environment;
        const file = values['write-env-file'] ?? local?.settingsFile;
        if (file !== undefined) {
          writeSettings(file, settings);
          return {
            exitCode: 0,
            json: { steps, settingsFile: file, settings: shownSettings(settings, false) },
            text: `Deployed to ${domain}${countSteps(steps)}. What the API needs is in ${file}.\n`,
          };
        }
        const showSecrets = values['show-secrets'];
        return {
          exitCode: 0,
          json: { steps, settings: shownSettings(settings, showSecrets) },
          text: `Deployed to ${domain}${countSteps(steps)}. Set for the API:\n\n${describeSettings(settings, showSecrets)}\n`,
        };
      },
    },
    options,
  );
}

/** How often the deploy CLI said what it did: on a terminal its single lines are gone by now. */
function countSteps(steps: readonly string[]): string {
  const counts = ['Created', 'Updated'].map((verb) => ({
    verb: verb.toLowerCase(),
    count: steps.filter((step) => step.startsWith(`${verb} `)).length,
  }));
  const told = counts.filter(({ count }) => count > 0).map(({ verb, count }) => `${count} ${verb}`);
  return told.length === 0 ? '' : `: ${told.join(', ')}`;
}
