import type { FastifyInstance } from 'fastify';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { SampleIdpStrategy } from './sample-idp-state.ts';

/** What Auth0 learns of a person from an IdP's profile endpoint. */
export interface IdpProfile {
  /** The IdP's own user id. */
  readonly id: string;
  readonly name: string;
  readonly nickname?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly picture?: string;
}

/**
 * One sample IdP: an authorization server and a small API below one path prefix.
 * The tenant logs people in through `endpoints`; the relay calls `endpoints.api`.
 */
export interface SampleIdp {
  readonly strategy: SampleIdpStrategy;
  readonly displayName: string;
  /** Paths below the origin of the sample IdPs, each beginning with `/<strategy>/`. */
  readonly endpoints: {
    readonly authorize: string;
    readonly token: string;
    readonly profile: string;
    /** Base path of the API that the relay calls, without a trailing slash. */
    readonly api: string;
  };
  /** Scopes that Auth0 asks for at every login through this strategy. */
  readonly loginScopes: readonly string[];
  /** How scopes are joined in the authorization request and the token answer. */
  readonly scopeSeparator: ' ' | ',';
  /** How the tenant authenticates at the token endpoint. */
  readonly clientAuthentication: 'post' | 'basic';
  /** Authorization request parameters, beyond RFC 6749, that ask for a refresh token here; absent: none can be had. */
  readonly offlineAccess?: {
    readonly parameters: Readonly<Record<string, string>>;
    readonly scopes: readonly string[];
  };
  /** Reads this IdP's profile answer. */
  toProfile(body: unknown): IdpProfile;
  /** Adds the IdP's routes to an app. */
  register(app: FastifyInstance, context: LocalTenantContext): void;
}
