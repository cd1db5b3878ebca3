import { readConnectionFiles } from './connection-files.ts';
import { openTenantReader } from './open-tenant-reader.ts';
import { isEmpty } from './plan/plan.ts';
import { planDeployment } from './plan/plan-deployment.ts';
import { PlanText } from './plan/plan-text.ts';
import { wantedAction } from './plan/wanted-action.ts';
import { wantedLogStream } from './plan/wanted-log-stream.ts';
import { readWantedResources } from './plan/wanted-resources.ts';
import { parseOptions, runCommand, sharedHelp, sharedOptions, type CommandOptions } from './run-command.ts';

const help = `Shows what a deployment would create, change and leave alone. Nothing is changed.

  npm run tenant:plan -- --env NAME [options]

${sharedHelp}

It compares the fields that tenant/tenant.yaml names with the tenant's own. Secrets are never shown.
Exit codes: 0 nothing to do, 1 a deployment would change something, 2 the tenant could not be looked at.
`;

/**
 * The command `tenant:plan`.
 * @returns the exit code
 */
export function runPlanCommand(argv: readonly string[], options: CommandOptions): Promise<number> {
  return runCommand(
    argv,
    {
      help,
      parse: (args) => parseOptions(args, sharedOptions),
      run: async ({ target, values, onProgress, isColoured }) => {
        const { environment } = target;
        const files = readConnectionFiles(environment, options.variables);
        const wanted = readWantedResources(environment, {
          ...(await wantedAction(environment)),
          ...wantedLogStream(environment),
          connections: files?.connections ?? [],
        });
        const plan = await planDeployment(openTenantReader(target), wanted, onProgress);
        return {
          exitCode: isEmpty(plan) ? 0 : 1,
          json: { ...plan },
          text: `A deployment to ${environment.domain} (${values.env})\n\n${new PlanText(isColoured).plan(plan)}`,
        };
      },
    },
    options,
  );
}
