import { IdpTokensError, ManagementCredentialsRefusedError } from '@idp-relay/idp-tokens';
import { RelayConfigurationError } from '@idp-relay/relay-configuration';
import { FactUnavailableError } from '@idp-relay/tenant-doctor';
import { lackingScope, refusedClient } from './deploy-client-refusal.ts';
import { DeployError } from './deploy-error.ts';
import type { Environment } from './environment.ts';

/** Why a command did not do its work, without secrets. */
export interface Failure {
  /** Stable. */
  readonly code: string;
  /** For people; what to do is in it. */
  readonly message: string;
}

/**
 * Explains what was thrown.
 * @param environment the one that was looked at, when it came to that
 */
export function explainCommandFailure(error: unknown, environment: Environment | undefined): Failure {
  const domain = environment?.domain ?? 'The tenant';
  if (error instanceof ManagementCredentialsRefusedError && environment !== undefined)
    return { code: error.code, message: refusedClient(environment).message };
  if (error instanceof IdpTokensError)
    return { code: error.code, message: `${domain} cannot be looked at. ${error.message}` };
  if (error instanceof FactUnavailableError) {
    const { code, message, missingScope } = error;
    if (missingScope === undefined) return { code, message: `${domain} cannot be looked at: ${message}.` };
    return explainCommandFailure(lackingScope(domain, missingScope), environment);
  }
  if (error instanceof DeployError || error instanceof RelayConfigurationError)
    return { code: error.code, message: error.message };
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
    return { code: 'arguments_invalid', message: error.message };
  // Node's own message names the file and what was refused.
  if (error instanceof Error && 'syscall' in error && 'path' in error)
    return { code: 'file_unusable', message: `A file cannot be read or written: ${error.message}.` };
  return { code: 'unforeseen', message: 'The command failed in an unforeseen way.' };
}
