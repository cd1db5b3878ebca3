import type { Environment } from './environment.ts';
import { vaultClientNames } from './vault-clients.ts';

/** Name in tenant.yaml of the client that examines the tenant. */
export const doctorClientName = 'IdP Relay Doctor';

/**
 * Names of those clients in tenant.yaml that an environment does not want. A deployment neither makes nor changes them, nor
 * their grants.
 */
export function unwantedClients({ token_vault: vault, doctor }: Environment): readonly string[] {
  return [
    ...(vault === undefined ? [vaultClientNames.api] : []),
    ...(vault?.worker === undefined ? [vaultClientNames.worker] : []),
    ...(doctor ? [] : [doctorClientName]),
  ];
}
