import { z } from 'zod';
import { Action, ActionBinding } from '../actions/action-state.ts';
import { LogStream } from '../logs/log-stream-state.ts';
import { SampleIdpState } from '../sample-idps/sample-idp-state.ts';
import { VaultedTokens } from '../token-vault/token-vault-state.ts';

/**
 * One linked account of a user, as `identities[]` of the Management API has it.
 * `access_token`, `access_token_secret`, `refresh_token` and `expires_in` (seconds, from an unstated moment)
 * leave the tenant only under `read:user_idp_tokens`.
 * @see https://auth0.com/docs/secure/tokens/access-tokens/identity-provider-access-tokens
 */
export const Identity = z.object({
  connection: z.string(),
  provider: z.string(),
  user_id: z.string(),
  isSocial: z.boolean(),
  access_token: z.string().optional(),
  access_token_secret: z.string().optional(),
  refresh_token: z.string().optional(),
  expires_in: z.number().optional(),
  profileData: z.record(z.string(), z.unknown()).optional(),
});
export type Identity = z.infer<typeof Identity>;

/** A user of the tenant. `password`, `roles` and `permissions` are the tenant's own and never part of a user read. */
export const User = z.object({
  user_id: z.string(),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  name: z.string(),
  nickname: z.string().optional(),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  picture: z.string().optional(),
  /** The primary identity comes first; linked ones follow. */
  identities: z.array(Identity),
  created_at: z.string(),
  updated_at: z.string(),
  last_login: z.string().optional(),
  last_ip: z.string().optional(),
  logins_count: z.number(),
  blocked: z.boolean().optional(),
  app_metadata: z.record(z.string(), z.unknown()).optional(),
  user_metadata: z.record(z.string(), z.unknown()).optional(),
  /** Of a sample database user, in clear: this tenant holds nobody's real password. */
  password: z.string().optional(),
  /** Ids of the roles assigned. */
  roles: z.array(z.string()),
});
export type User = z.infer<typeof User>;

/** A registered application. Fields that the tenant does not act on are kept as they were sent. */
export const Client = z.looseObject({
  client_id: z.string(),
  client_secret: z.string().optional(),
  name: z.string(),
  /** `spa`, `native`, `regular_web`, `non_interactive` or `resource_server`. */
  app_type: z.string().optional(),
  grant_types: z.array(z.string()).optional(),
  callbacks: z.array(z.string()).optional(),
  allowed_logout_urls: z.array(z.string()).optional(),
  web_origins: z.array(z.string()).optional(),
  /** `null` where `client_authentication_methods` say how it authenticates. */
  token_endpoint_auth_method: z.string().nullable().optional(),
  is_first_party: z.boolean().optional(),
});
export type Client = z.infer<typeof Client>;

/** What one client may ask for at one API by client credentials. */
export const ClientGrant = z.looseObject({
  id: z.string(),
  client_id: z.string(),
  audience: z.string(),
  scope: z.array(z.string()),
});
export type ClientGrant = z.infer<typeof ClientGrant>;

/** An API, in Auth0's words a resource server. */
export const ResourceServer = z.looseObject({
  id: z.string(),
  /** The audience. */
  identifier: z.string(),
  name: z.string().optional(),
  scopes: z.array(z.object({ value: z.string(), description: z.string().optional() })).optional(),
  /** True: role-based access control is on. */
  enforce_policies: z.boolean().optional(),
  /** `access_token` or `access_token_authz`; the second puts `permissions` into access tokens. */
  token_dialect: z.string().optional(),
  /** Seconds. */
  token_lifetime: z.number().optional(),
  allow_offline_access: z.boolean().optional(),
  skip_consent_for_verifiable_first_party_clients: z.boolean().optional(),
  /** True for the Management API, which nobody can delete. */
  is_system: z.boolean().optional(),
});
export type ResourceServer = z.infer<typeof ResourceServer>;

/** A named set of permissions. */
export const Role = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  permissions: z.array(z.object({ resource_server_identifier: z.string(), permission_name: z.string() })),
});
export type Role = z.infer<typeof Role>;

/** A configured source of users. */
export const Connection = z.looseObject({
  id: z.string(),
  name: z.string(),
  strategy: z.string(),
  display_name: z.string().optional(),
  options: z.record(z.string(), z.unknown()),
  /** Client ids; `'all'` stands for every client of the tenant, so that sample connections need no set-up. */
  enabled_clients: z.union([z.literal('all'), z.array(z.string())]),
});
export type Connection = z.infer<typeof Connection>;

/** A domain of the customer's own that stands before the tenant. */
export const CustomDomain = z.object({
  custom_domain_id: z.string(),
  domain: z.string(),
  type: z.enum(['auth0_managed_certs', 'self_managed_certs']),
  primary: z.boolean(),
  status: z.enum(['pending_verification', 'ready']),
});
export type CustomDomain = z.infer<typeof CustomDomain>;

/** A refresh token of the tenant itself (not of an IdP). Rotated ones stay, marked, so that reuse can be seen. */
export const TenantRefreshToken = z.object({
  token: z.string(),
  family: z.string(),
  client_id: z.string(),
  user_id: z.string(),
  audience: z.string().optional(),
  /** Name of the connection that the user signed in through. */
  connection: z.string().optional(),
  scope: z.string(),
  /** Milliseconds since the epoch. */
  issued_at: z.number(),
  /** Milliseconds since the epoch, handed on by rotation; absent: no end was set when it was issued. */
  expires_at: z.number().optional(),
  /** Milliseconds since the epoch. */
  last_used_at: z.number().optional(),
  used: z.boolean(),
  revoked: z.boolean(),
});
export type TenantRefreshToken = z.infer<typeof TenantRefreshToken>;

/** A signing key pair as private JWK. `retired` keys still verify but no longer sign. */
export const SigningKey = z.object({
  kid: z.string(),
  privateJwk: z.record(z.string(), z.unknown()),
  retired: z.boolean(),
});
export type SigningKey = z.infer<typeof SigningKey>;

/** Everything that the local tenant keeps from one start to the next. */
export const TenantState = z.object({
  /** Made at the first start; tells one tenant from another that happens to have the same domain. */
  tenantId: z.string(),
  signingKeys: z.array(SigningKey),
  clients: z.array(Client),
  clientGrants: z.array(ClientGrant),
  resourceServers: z.array(ResourceServer),
  roles: z.array(Role),
  connections: z.array(Connection),
  users: z.array(User),
  refreshTokens: z.array(TenantRefreshToken),
  tokenVault: z.array(VaultedTokens).default([]),
  actions: z.array(Action).default([]),
  actionBindings: z.array(ActionBinding).default([]),
  logStreams: z.array(LogStream).default([]),
  customDomains: z.array(CustomDomain).default([]),
  sampleIdps: SampleIdpState,
});
export type TenantState = z.infer<typeof TenantState>;
