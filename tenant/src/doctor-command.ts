import { parseArgs } from 'node:util';
import {
  createManagementTokenSource,
  IdpTokensError,
  ManagementCredentialsRefusedError,
  Secret,
  systemClock,
} from '@idp-relay/idp-tokens';
import {
  loadRelayConfiguration,
  RelayConfigurationError,
  type RelayConfiguration,
} from '@idp-relay/relay-configuration';
import {
  createTenantReader,
  examineTenant,
  examineUser,
  type Examination,
  type TenantExpectations,
  type TenantReader,
} from '@idp-relay/tenant-doctor';
import type { LocalTarget } from './deploy-command.ts';
import { DeployError } from './deploy-error.ts';
import { expectedTenant } from './doctor-command-expectations.ts';
import { DoctorText } from './doctor-command-text.ts';
import { readCredentials, readEnvironment, type DeployCredentials, type Environment } from './environment.ts';

const help = `Compares a tenant with what the relay needs, and says what is not so and what to do. Nothing is changed.

  npm run tenant:doctor -- --env NAME [options]

  --env NAME             environment: tenant/environments/NAME.json (default: local, which "npm start" must be serving)
  --port-offset N        of the local tenant started with it
  --relay-config FILE    the operators' file, to compare connections with
                         (default: RELAY_CONFIGURATION_FILE; for local, what "npm start" works by)
  --user ID              explain this user's identities too, such as 'github|1001'
  --json                 print JSON, for programs
  --help

It looks with the credentials of the environment's deploy client. What that client may not read is left out and named.
Exit codes: 0 in order (notes do not count), 1 errors or warnings were found, 2 the tenant could not be looked at.
`;

/** Time limit of one request, in milliseconds. */
const timeoutMs = 10_000;

/** The tenant on this machine, and the operators' file that its relay works by. */
export interface LocalDoctorTarget extends LocalTarget {
  readonly relayConfiguration?: {
    readonly file: string;
    /** What its `${NAMES}` stand for. */
    readonly variables: Readonly<Record<string, string | undefined>>;
  };
}

/** What the command is run with. */
export interface DoctorCommandOptions {
  /** Environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly print: (text: string) => void;
  /** True: what is printed goes to a terminal, which shows colours. */
  readonly isTerminal: boolean;
  /**
   * Finds the tenant on this machine. Its credentials are its own, whatever the variables say.
   * @param portOffset as it was typed
   * @throws DeployError when it is not there
   */
  readonly findLocalTenant: (portOffset: string) => Promise<LocalDoctorTarget>;
  /** The Action that a deployment brings; left out where it brings none. */
  readonly action?: TenantExpectations['action'];
}

/** What is looked at, and how. */
interface Target {
  readonly environment: Environment;
  readonly credentials: DeployCredentials;
  readonly configuration: RelayConfiguration | undefined;
}

/**
 * The command `tenant:doctor`.
 * @returns the exit code
 */
export async function runDoctorCommand(
  argv: readonly string[],
  options: DoctorCommandOptions,
): Promise<number> {
  const { print } = options;
  let environment: Environment | undefined;
  try {
    const values = parse(argv);
    if (values.help) {
      print(help);
      return 0;
    }
    const target = await findTarget(values, options);
    ({ environment } = target);
    const { configuration } = target;
    const tenant = readerOf(target);
    const expected = expectedTenant(environment, {
      deployCommand: `npm run tenant:deploy -- --env ${values.env}`,
      ...(configuration && { configuration }),
      ...(options.action && { action: options.action }),
    });
    const examination = await examineTenant(tenant, expected);
    const user = values.user === undefined ? undefined : await examineUser(tenant, expected, values.user);
    if (values.json) {
      const { domain } = environment;
      print(
        `${JSON.stringify({ environment: values.env, domain, ...examination, ...(user && { user }) }, null, 2)}\n`,
      );
    } else {
      const text = new DoctorText(options.isTerminal && !options.variables.NO_COLOR);
      print(`The tenant ${environment.domain} (${values.env})\n\n${text.examination(examination)}\n`);
      if (user !== undefined) print(`The user ${JSON.stringify(user.userId)}\n\n${text.user(user)}\n`);
    }
    return [examination, user].some((one) => one !== undefined && isUnwell(one)) ? 1 : 0;
  } catch (error) {
    print(explain(error, environment));
    return 2;
  }
}

const isUnwell = ({ findings }: Examination): boolean => findings.some(({ severity }) => severity !== 'note');

function explain(error: unknown, environment: Environment | undefined): string {
  if (error instanceof ManagementCredentialsRefusedError && environment !== undefined) {
    const { domain, deploy_client: client } = environment;
    return `${domain} refused the deploy client. Check ${client.client_id_variable} and ${client.client_secret_variable}, and its grant on the Management API.\n`;
  }
  if (error instanceof IdpTokensError)
    return `${environment?.domain ?? 'The tenant'} cannot be looked at. ${error.message}\n`;
  if (error instanceof DeployError || error instanceof RelayConfigurationError) return `${error.message}\n`;
  if (error instanceof TypeError && 'code' in error) return `${error.message}\n\n${help}`;
  return 'The examination failed in an unforeseen way.\n';
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    options: {
      env: { type: 'string', default: 'local' },
      'port-offset': { type: 'string' },
      'relay-config': { type: 'string' },
      user: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

/** @throws DeployError, RelayConfigurationError */
async function findTarget(
  values: ReturnType<typeof parse>,
  { variables, findLocalTenant }: DoctorCommandOptions,
): Promise<Target> {
  const named = values['relay-config'] ?? variables.RELAY_CONFIGURATION_FILE;
  const read = (file: string | undefined) =>
    file === undefined ? undefined : loadRelayConfiguration(file, variables);
  if (values.env === 'local') {
    const local = await findLocalTenant(values['port-offset'] ?? '0');
    const { environment, credentials, relayConfiguration: own } = local;
    const configuration =
      values['relay-config'] === undefined && own !== undefined
        ? loadRelayConfiguration(own.file, own.variables)
        : read(values['relay-config']);
    return { environment, credentials, configuration };
  }
  if (values['port-offset'] !== undefined)
    throw new DeployError('arguments_invalid', '--port-offset goes with the local tenant alone.');
  const environment = readEnvironment(values.env);
  return { environment, credentials: readCredentials(environment, variables), configuration: read(named) };
}

function readerOf({ environment: { domain }, credentials }: Target): TenantReader {
  const reached = { domain, fetch: globalThis.fetch, clock: systemClock, timeoutMs };
  return createTenantReader({
    ...reached,
    tokens: createManagementTokenSource({
      ...reached,
      clientId: credentials.clientId,
      credentials: { method: 'client_secret_post', clientSecret: new Secret(credentials.clientSecret) },
    }),
  });
}
