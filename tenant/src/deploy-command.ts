import { parseArgs } from 'node:util';
import { deployTenant } from './deploy.ts';
import { DeployError } from './deploy-error.ts';
import { readCredentials, readEnvironment } from './environment.ts';
import { apiSettings, describeSettings, writeSettings } from './settings.ts';

const help = `Brings a tenant to what tenant/tenant.yaml says, by auth0-deploy-cli. Nothing is deleted.

  pnpm run tenant:deploy --env NAME [options]

  --env NAME             environment: tenant/environments/NAME.json (default: local, which "npm start" must be serving)
  --yes                  needed for environments marked as production
  --write-env-file FILE  write what the API needs to FILE, readable by you alone, instead of showing it
  --show-secrets         show secrets too
  --help

Exit codes: 0 deployed, 1 the tenant or its configuration is not right, 2 the tenant could not be looked at.
`;

const couldNotLook = new Set(['tenant_unreachable', 'credentials_refused', 'credentials_missing']);

/**
 * The command `tenant:deploy`.
 * @returns the exit code
 */
export async function runDeployCommand(
  argv: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
  print: (text: string) => void,
): Promise<number> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        env: { type: 'string', default: 'local' },
        yes: { type: 'boolean', default: false },
        'write-env-file': { type: 'string' },
        'show-secrets': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      print(help);
      return 0;
    }
    const environment = readEnvironment(values.env);
    if (environment.production && !values.yes) {
      throw new DeployError(
        'confirmation_needed',
        `${values.env} is a production environment (${environment.domain}): say --yes.`,
      );
    }
    const credentials = readCredentials(environment, variables);
    const authorityFile = variables.NODE_EXTRA_CA_CERTS;
    const { provisioned } = await deployTenant({
      environment,
      credentials,
      fetch: globalThis.fetch,
      ...(authorityFile !== undefined && { authorityFile }),
      onProgress: (line) => print(`  ${line}\n`),
    });
    const settings = apiSettings(provisioned);
    const file = values['write-env-file'];
    if (file !== undefined) {
      writeSettings(file, settings);
      print(`Deployed to ${environment.domain}. What the API needs is in ${file}.\n`);
    } else {
      print(
        `Deployed to ${environment.domain}. Set for the API:\n\n${describeSettings(settings, values['show-secrets'])}\n`,
      );
    }
    return 0;
  } catch (error) {
    if (error instanceof DeployError) {
      print(`${error.message}\n`);
      return couldNotLook.has(error.code) ? 2 : 1;
    }
    if (error instanceof TypeError && 'code' in error) {
      print(`${error.message}\n\n${help}`);
      return 1;
    }
    print('The deployment failed in an unforeseen way.\n');
    return 1;
  }
}
