import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { UserProfile } from '@idp-relay/idp-tokens';
import type { RelayConfiguration } from '@idp-relay/relay-configuration';
import type { ActionFacts, BindingFacts, LogStreamFacts } from './action-facts.ts';
import type { ApiFacts, RoleWithPermissions } from './api-facts.ts';
import type { ClientFacts, ClientGrantFacts } from './client-facts.ts';
import type { ConnectionFacts } from './connection-facts.ts';
import type { IssuerFacts } from './issuer-facts.ts';
import type { JudgedIdentity } from './judged-user.ts';

/** A connection that is looked at, and what the catalogue knows of it. */
export interface ExaminedConnection extends ConnectionFacts {
  readonly entry: CatalogueEntry | undefined;
}

/** Everything that checks rest on. */
export interface TenantFacts {
  readonly clients: readonly ClientFacts[];
  readonly clientGrants: readonly ClientGrantFacts[];
  readonly apis: readonly ApiFacts[];
  /** The roles that are expected, as far as they are there. */
  readonly roles: readonly RoleWithPermissions[];
  /** Names of those of the expected roles that somebody has. */
  readonly rolesWithMembers: ReadonlySet<string>;
  /** Names of all connections. */
  readonly connectionNames: ReadonlySet<string>;
  /** The connections that the examination is about. */
  readonly connections: readonly ExaminedConnection[];
  /** Names of those of them that at least one client may use. */
  readonly enabledConnections: ReadonlySet<string>;
  readonly actions: readonly ActionFacts[];
  /** What is bound to the expected Action's trigger, in order. */
  readonly bindings: readonly BindingFacts[];
  readonly logStreams: readonly LogStreamFacts[];
  /** Domains of the tenant's custom domains that are ready. */
  readonly customDomains: readonly string[];
  /** Of the tenant's domain and of the custom domains that the relay knows. */
  readonly issuers: readonly IssuerFacts[];
  /** `undefined` where the keys cannot be had. */
  readonly signingKeys: { readonly usable: number; readonly all: number } | undefined;
  /** By how many milliseconds the tenant's clock is ahead of this one's. */
  readonly clockSkewMs: number;
  /** Requests, as the tenant's headers say. */
  readonly rateLimit: number;
  readonly configuration: RelayConfiguration;
  /** Nothing of a user who is not there. */
  readonly user: UserProfile | undefined;
  readonly identities: readonly JudgedIdentity[];
}
export type FactName = keyof TenantFacts;
