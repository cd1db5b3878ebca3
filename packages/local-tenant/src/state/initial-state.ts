import { randomBytes } from 'node:crypto';
import { createSigningKey } from '../authentication/signing-keys.ts';
import type { Client, ClientGrant, ResourceServer, TenantState } from './tenant-state.ts';
import { canary } from '../sample-idps/canary.ts';

/** The client with which the deploy CLI bootstraps a tenant that has nothing yet. */
export const bootstrapClientId = 'localDeployClient000000000000000';

/** Scopes of the Management API that the local tenant knows, and that the bootstrap client is granted. */
export const managementScopes = [
  'read:users',
  'create:users',
  'update:users',
  'delete:users',
  'read:user_idp_tokens',
  'read:clients',
  'create:clients',
  'update:clients',
  'delete:clients',
  'read:client_keys',
  'update:client_keys',
  'create:client_keys',
  'read:client_credentials',
  'create:client_credentials',
  'update:client_credentials',
  'delete:client_credentials',
  'update:client_token_vault_privileged_access',
  'read:client_grants',
  'create:client_grants',
  'update:client_grants',
  'delete:client_grants',
  'read:resource_servers',
  'create:resource_servers',
  'update:resource_servers',
  'delete:resource_servers',
  'read:roles',
  'create:roles',
  'update:roles',
  'delete:roles',
  'read:role_members',
  'create:role_members',
  'delete:role_members',
  'read:connections',
  'create:connections',
  'update:connections',
  'delete:connections',
  'read:tenant_settings',
  'read:actions',
  'create:actions',
  'update:actions',
  'delete:actions',
  'read:log_streams',
  'create:log_streams',
  'update:log_streams',
  'delete:log_streams',
  'read:custom_domains',
  'create:custom_domains',
  'delete:custom_domains',
  'read:logs',
  'read:logs_users',
] as const;

/** The Management API as a resource server of its own tenant. */
export function managementResourceServer(audience: string): ResourceServer {
  return {
    id: 'rs_local_management_api',
    name: 'Auth0 Management API',
    identifier: audience,
    is_system: true,
    scopes: managementScopes.map((value) => ({ value })),
    signing_alg: 'RS256',
    token_lifetime: 86_400,
    allow_offline_access: false,
    skip_consent_for_verifiable_first_party_clients: false,
  };
}

/** What a tenant is before anybody deployed to it: one key, the Management API, and a client that may deploy. */
export async function initialState(): Promise<TenantState> {
  const bootstrap: Client = {
    client_id: bootstrapClientId,
    client_secret: `${canary}${randomBytes(27).toString('base64url')}`,
    name: 'Deploy CLI',
    app_type: 'non_interactive',
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'client_secret_post',
    is_first_party: true,
    oidc_conformant: true,
  };
  return {
    tenantId: `local-${randomBytes(6).toString('hex')}`,
    signingKeys: [await createSigningKey()],
    clients: [bootstrap],
    clientGrants: [],
    resourceServers: [],
    roles: [],
    connections: [],
    users: [],
    refreshTokens: [],
    tokenVault: [],
    actions: [],
    actionBindings: [],
    logStreams: [],
    customDomains: [],
    sampleIdps: { accounts: [], tokens: [] },
  };
}

/** Grants the bootstrap client everything at the Management API whose audience depends on the port. */
export function bootstrapGrant(audience: string): ClientGrant {
  return { id: 'cgr_local_bootstrap', client_id: bootstrapClientId, audience, scope: [...managementScopes] };
}
