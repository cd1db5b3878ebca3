/** Why a deployment did not come about; stable. */
export type DeployErrorCode =
  | 'environment_invalid'
  | 'credentials_missing'
  | 'variable_missing'
  | 'connection_not_ours'
  | 'output_exists'
  | 'confirmation_needed'
  | 'arguments_invalid'
  | 'local_tenant_missing'
  | 'tenant_unreachable'
  | 'credentials_refused'
  | 'scope_missing'
  | 'configuration_refused'
  | 'worker_key_invalid'
  | 'deploy_failed';

/** A deployment that did not come about. The message is one clear line without secrets. */
export class DeployError extends Error {
  readonly code: DeployErrorCode;
  constructor(code: DeployErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DeployError';
    this.code = code;
  }
}
