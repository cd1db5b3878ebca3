import { loadRelayConfiguration, type RelayConfiguration } from '@idp-relay/relay-configuration';
import { examineTenant, examineUser, type Examination } from '@idp-relay/tenant-doctor';
import type { LocalTarget } from './command-target.ts';
import { expectedAction, expectedTenant } from './doctor-command-expectations.ts';
import { DoctorText } from './doctor-command-text.ts';
import { openTenantReader } from './open-tenant-reader.ts';
import { parseOptions, runCommand, sharedHelp, sharedOptions, type CommandOptions } from './run-command.ts';

const help = `Compares a tenant with what the relay needs, and says what is not so and what to do. Nothing is changed.

  npm run tenant:doctor -- --env NAME [options]

${sharedHelp}
  --relay-config FILE    the operators' file, to compare connections with
                         (default: RELAY_CONFIGURATION_FILE; for local, what "npm start" works by)
  --user ID              explain this user's identities too, such as 'github|1001'

It looks with the credentials of the environment's deploy client. What that client may not read is left out and named.
Exit codes: 0 in order (notes do not count), 1 errors or warnings were found, 2 the tenant could not be looked at.
`;

const doctorOptions = {
  ...sharedOptions,
  'relay-config': { type: 'string' },
  user: { type: 'string' },
} as const;

/** The tenant on this machine, and the operators' file that its relay works by. */
export interface LocalDoctorTarget extends LocalTarget {
  readonly relayConfiguration?: {
    readonly file: string;
    /** What its `${NAMES}` stand for. */
    readonly variables: Readonly<Record<string, string | undefined>>;
  };
}

/**
 * The command `tenant:doctor`.
 * @returns the exit code
 */
export function runDoctorCommand(
  argv: readonly string[],
  options: CommandOptions<LocalDoctorTarget>,
): Promise<number> {
  return runCommand(
    argv,
    {
      help,
      parse: (args) => parseOptions(args, doctorOptions),
      run: async ({ target, local, values, onProgress, isColoured }) => {
        const { environment } = target;
        const configuration = readConfiguration(values['relay-config'], local, options.variables);
        const action = await expectedAction(environment);
        const expected = expectedTenant(environment, {
          deployCommand: `npm run tenant:deploy -- --env ${values.env}`,
          ...(configuration && { configuration }),
          ...(action && { action }),
        });
        const tenant = openTenantReader(target);
        onProgress(`Examining ${environment.domain}`);
        const examination = await examineTenant(tenant, expected);
        if (values.user !== undefined) onProgress(`Examining ${values.user}`);
        const user = values.user === undefined ? undefined : await examineUser(tenant, expected, values.user);
        const text = new DoctorText(isColoured);
        return {
          exitCode: isUnwell(examination) || (user !== undefined && isUnwell(user)) ? 1 : 0,
          json: { ...examination, ...(user && { user }) },
          text: [
            `The tenant ${environment.domain} (${values.env})\n\n${text.examination(examination)}\n`,
            ...(user === undefined
              ? []
              : [`The user ${JSON.stringify(user.userId)}\n\n${text.user(user)}\n`]),
          ].join(''),
        };
      },
    },
    options,
  );
}

const isUnwell = ({ findings }: Examination): boolean => findings.some(({ severity }) => severity !== 'note');

/** @throws RelayConfigurationError */
function readConfiguration(
  named: string | undefined,
  local: LocalDoctorTarget | undefined,
  variables: CommandOptions['variables'],
): RelayConfiguration | undefined {
  const own = local?.relayConfiguration;
  if (named === undefined && own !== undefined) return loadRelayConfiguration(own.file, own.variables);
  const file = named ?? (local === undefined ? variables.RELAY_CONFIGURATION_FILE : undefined);
  return file === undefined ? undefined : loadRelayConfiguration(file, variables);
}
