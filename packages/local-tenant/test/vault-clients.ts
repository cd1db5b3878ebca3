import { z } from 'zod';
import type { LocalTenant } from '../src/index.ts';
import { tokenVaultGrantType } from '../src/token-vault/token-exchange.ts';
import { callback, manage, managementToken, postToken, type Answer } from './requests.ts';

/** The sample person whose Google account is in Token Vault. */
export const radia = {
  userId: 'google-oauth2|101928374655647382910',
  idpUserId: '101928374655647382910',
  signIn: { connection: 'google-vault', login: 'radia' },
} as const;

/** A client as the Management API made it. */
export type VaultClient = z.infer<typeof VaultClient>;
const VaultClient = z.looseObject({ client_id: z.string(), client_secret: z.string() });

/** Registers a client that may use Token Vault, with these fields besides. */
export async function registerClient(
  tenant: LocalTenant,
  fields: Readonly<Record<string, unknown>>,
): Promise<VaultClient> {
  const { status, json } = await manage(tenant, await managementToken(tenant), '/clients', {
    method: 'POST',
    body: {
      name: 'vault client',
      grant_types: [tokenVaultGrantType, 'authorization_code', 'refresh_token'],
      callbacks: [callback],
      oidc_conformant: true,
      ...fields,
    },
  });
  if (status !== 201) throw new Error(`The client was refused: ${JSON.stringify(json)}`);
  return VaultClient.parse(json);
}

/** An exchange at the token endpoint, by client secret. */
export function exchange(
  tenant: LocalTenant,
  client: VaultClient,
  form: Readonly<Record<string, string>>,
): Promise<Answer> {
  return postToken(tenant, {
    grant_type: tokenVaultGrantType,
    client_id: client.client_id,
    client_secret: client.client_secret,
    requested_token_type: 'http://auth0.com/oauth/token-type/federated-connection-access-token',
    connection: 'google-vault',
    ...form,
  });
}

/** Whose token it is, by Google's own word; or the status of its refusal. */
export async function askGoogle(tenant: LocalTenant, token: unknown): Promise<unknown> {
  const response = await fetch(`${tenant.origins.idpsHttp}/google-oauth2/api/oauth2/v3/userinfo`, {
    headers: { authorization: `Bearer ${String(token)}` },
  });
  return response.ok ? response.json() : response.status;
}
