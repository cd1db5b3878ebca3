import type { Environment } from './environment.ts';

/** Names in tenant.yaml of the clients for Token Vault: the relay's API as a client, and the privileged worker. */
export const vaultClientNames = {
  api: 'IdP Relay Token Vault',
  worker: 'IdP Relay Token Vault Worker',
} as const;

/** Names of those clients in tenant.yaml that an environment does not want. A deployment neither makes nor changes them. */
export function unwantedClients({ token_vault: settings }: Environment): readonly string[] {
  if (settings === undefined) return Object.values(vaultClientNames);
  return settings.worker === undefined ? [vaultClientNames.worker] : [];
}
