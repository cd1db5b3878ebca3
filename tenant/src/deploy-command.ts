import { parseArgs } from 'node:util';
import { deployTenant } from './deploy.ts';
import { DeployError } from './deploy-error.ts';
import { readCredentials, readEnvironment, type DeployCredentials, type Environment } from './environment.ts';
import { apiSettings, describeSettings, writeSettings } from './settings.ts';

const help = `Brings a tenant to what tenant/tenant.yaml says, by auth0-deploy-cli. Nothing is deleted.

  npm run tenant:deploy -- --env NAME [options]

  --env NAME             environment: tenant/environments/NAME.json (default: local, which "npm start" must be serving)
  --port-offset N        of the local tenant started with it
  --yes                  needed for environments marked as production
  --write-env-file FILE  write what the API needs to FILE, readable by you alone, instead of showing it
                         (default for local: where "npm start" keeps it)
  --show-secrets         show secrets too
  --help

Exit codes: 0 deployed, 1 the tenant or its configuration is not right, 2 the tenant could not be looked at.
`;

const couldNotLook = new Set([
  'tenant_unreachable',
  'credentials_refused',
  'credentials_missing',
  'local_tenant_missing',
]);

/** Where a deployment goes, and with what. */
interface Target {
  readonly environment: Environment;
  readonly credentials: DeployCredentials;
  readonly authorityFile?: string;
}

/** The tenant on this machine, as whoever starts it knows it. */
export interface LocalTarget extends Target {
  /** Where its API reads its settings. */
  readonly settingsFile: string;
}

/** What the command is run with. */
export interface DeployCommandOptions {
  /** Environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly print: (text: string) => void;
  /**
   * Finds the tenant on this machine. Its credentials are its own, whatever the variables say.
   * @param portOffset as it was typed
   * @throws DeployError when it is not there
   */
  readonly findLocalTenant: (portOffset: string) => Promise<LocalTarget>;
}

/**
 * The command `tenant:deploy`.
 * @returns the exit code
 */
export async function runDeployCommand(
  argv: readonly string[],
  { variables, print, findLocalTenant }: DeployCommandOptions,
): Promise<number> {
  try {
    const values = parse(argv);
    if (values.help) {
      print(help);
      return 0;
    }
    const local = values.env === 'local' ? await findLocalTenant(values['port-offset'] ?? '0') : undefined;
    if (local === undefined && values['port-offset'] !== undefined)
      throw new DeployError('arguments_invalid', '--port-offset goes with the local tenant alone.');
    const target = local ?? readTarget(values.env, values.yes, variables);
    const { provisioned } = await deployTenant({
      ...target,
      fetch: globalThis.fetch,
      onProgress: (line) => print(`  ${line}\n`),
    });
    const settings = apiSettings(provisioned);
    const { domain } = target.environment;
    const file = values['write-env-file'] ?? local?.settingsFile;
    if (file !== undefined) {
      writeSettings(file, settings);
      print(`Deployed to ${domain}. What the API needs is in ${file}.\n`);
    } else {
      print(
        `Deployed to ${domain}. Set for the API:\n\n${describeSettings(settings, values['show-secrets'])}\n`,
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

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    options: {
      env: { type: 'string', default: 'local' },
      'port-offset': { type: 'string' },
      yes: { type: 'boolean', default: false },
      'write-env-file': { type: 'string' },
      'show-secrets': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

/** @throws DeployError */
function readTarget(
  name: string,
  isConfirmed: boolean,
  variables: DeployCommandOptions['variables'],
): Target {
  const environment = readEnvironment(name);
  if (environment.production && !isConfirmed) {
    throw new DeployError(
      'confirmation_needed',
      `${name} is a production environment (${environment.domain}): say --yes.`,
    );
  }
  const authorityFile = variables.NODE_EXTRA_CA_CERTS;
  return {
    environment,
    credentials: readCredentials(environment, variables),
    ...(authorityFile !== undefined && { authorityFile }),
  };
}
