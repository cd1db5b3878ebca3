import { DeployError } from './deploy-error.ts';
import { readCredentials, readEnvironment, type DeployCredentials, type Environment } from './environment.ts';
import type { NoticeSecrets } from './notice-secrets.ts';

/** Which tenant a command is about, and with what it is reached. Only a deployment needs the secrets of notices. */
export interface CommandTarget extends NoticeSecrets {
  readonly environment: Environment;
  readonly credentials: DeployCredentials;
  /** PEM file of an authority that signed the tenant's certificate, where the public ones did not. */
  readonly authorityFile?: string;
  /** Private key of the privileged worker for Token Vault; only a deployment needs it. */
  readonly workerKeyFile?: string;
}

/** The tenant on this machine, as whoever starts it knows it. */
export interface LocalTarget extends CommandTarget {
  /** Where its API reads its settings. */
  readonly settingsFile: string;
}

/** What a target is found by. */
export interface TargetOptions<Local extends LocalTarget> {
  /** Environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /**
   * Finds the tenant on this machine. Its credentials are its own, whatever the variables say.
   * @param portOffset as it was typed
   * @throws DeployError when it is not there
   */
  readonly findLocalTenant: (portOffset: string) => Promise<Local>;
}

/** What came of looking for a target. */
export interface FoundTarget<Local extends LocalTarget> {
  readonly target: CommandTarget;
  /** The same, where it is the tenant on this machine. */
  readonly local?: Local;
}

/**
 * Finds what `--env` and `--port-offset` mean.
 * @param check refuses an environment before its credentials are asked for
 * @throws DeployError
 */
export async function findTarget<Local extends LocalTarget>(
  { env, 'port-offset': portOffset }: { readonly env: string; readonly 'port-offset'?: string | undefined },
  { variables, findLocalTenant }: TargetOptions<Local>,
  check: (environment: Environment) => void = () => undefined,
): Promise<FoundTarget<Local>> {
  if (env === 'local') {
    const local = await findLocalTenant(portOffset ?? '0');
    return { target: local, local };
  }
  if (portOffset !== undefined)
    throw new DeployError('arguments_invalid', '--port-offset goes with the local tenant alone.');
  const environment = readEnvironment(env);
  check(environment);
  const authorityFile = variables.NODE_EXTRA_CA_CERTS;
  const credentials = readCredentials(environment, variables);
  return { target: { environment, credentials, ...(authorityFile !== undefined && { authorityFile }) } };
}
