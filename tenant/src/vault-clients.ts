/** Names in tenant.yaml of the clients for Token Vault: the relay's API as a client, and the privileged worker. */
export const vaultClientNames = {
  api: 'IdP Relay Token Vault',
  worker: 'IdP Relay Token Vault Worker',
} as const;
