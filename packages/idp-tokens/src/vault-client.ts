import type { ClientCredentials } from './client-authentication.ts';

/** A client of the tenant that may exchange tokens with Token Vault. */
export interface VaultClient<Credentials extends ClientCredentials = ClientCredentials> {
  readonly clientId: string;
  readonly credentials: Credentials;
}

/** A client that authenticates by a key, which is what a privileged worker signs with. */
export type VaultWorker = VaultClient<Extract<ClientCredentials, { method: 'private_key_jwt' }>>;
