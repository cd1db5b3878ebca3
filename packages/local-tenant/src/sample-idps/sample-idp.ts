import type { FastifyRequest } from 'fastify';
import type { SampleAccount, SampleIdpStrategy, SampleIdpToken } from './sample-idp-state.ts';

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

/** An answer in the words of one IdP. */
export interface IdpAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why a token is refused. */
export type DeadTokenReason = 'absent' | 'unknown' | 'expired' | 'revoked';

/** One resource of an IdP's API. */
export interface SampleResource {
  readonly method: 'GET' | 'POST';
  /** Below `endpoints.api`; parameters as Fastify has them. */
  readonly path: string;
  /** Any one of these scopes opens it; left out: any live token does. */
  readonly anyScope?: readonly string[];
  /** What it answers, the same each time for the same account. */
  readonly handle: (context: {
    readonly account: SampleAccount;
    readonly token: SampleIdpToken;
    readonly request: FastifyRequest;
    /** Milliseconds since the epoch. */
    readonly now: number;
  }) => IdpAnswer;
  /** The token comes as `access_token` in the query here. */
  readonly tokenInQuery?: boolean;
  /** Instead of the IdP's usual answer to a dead token. */
  readonly deadToken?: (reason: DeadTokenReason) => IdpAnswer;
}

/** One sample IdP: an authorization server and a small API below one path prefix, described by what is its own. */
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
  /** What its access tokens begin with. */
  readonly tokenPrefix: string;
  /** Seconds; left out: tokens have no end. */
  readonly accessTokenLifetimeSeconds?: number;
  /** Left out: no refresh tokens at all. */
  readonly refresh?: {
    /** What an authorization request must hold for a refresh token to come back; all of it. Empty: always. */
    readonly askedBy: { readonly parameters?: Readonly<Record<string, string>>; readonly scope?: string };
    /** Given only at the first consent, and again with `prompt=consent`. */
    readonly onlyAtConsent: boolean;
    readonly rotates: boolean;
    /** A second use of one refresh token ends all that came of its login (RFC 9700 section 4.14.2). */
    readonly reuseEndsFamily: boolean;
    /** A refresh may ask for fewer scopes (RFC 6749 section 6). Left out: whatever it asks for, it gets all of them. */
    readonly narrows?: boolean;
    /** A refresh that comes sooner after the last one is refused, in these words; the refresh token stays good. */
    readonly notBefore?: { readonly seconds: number; readonly error: string; readonly description: string };
  };
  /** Errors of the token endpoint come with status 200 (GitHub). */
  readonly tokenErrorsAreOk?: boolean;
  /** The token endpoint answers JSON only when asked to, else a form (GitHub). */
  readonly tokenAnswerIsFormByDefault?: boolean;
  /** Reads this IdP's profile answer. */
  readonly toProfile: (body: unknown) => IdpProfile;
  readonly deadToken: (reason: DeadTokenReason) => IdpAnswer;
  readonly missingScope: (scopes: readonly string[], granted: readonly string[]) => IdpAnswer;
  /** Headers on every answer of the API. `used`: calls of this token in the running hour. */
  readonly rateLimitHeaders: (used: number, now: number) => Readonly<Record<string, string>>;
  /** Further headers that tell of the token (GitHub names its scopes). */
  readonly tokenHeaders?: (token: SampleIdpToken) => Readonly<Record<string, string>>;
  readonly resources: readonly SampleResource[];
  /** Path of the revocation endpoint and how it reads the token, where there is one. */
  readonly revocation?: { readonly method: 'POST' | 'DELETE'; readonly path: string };
  /** The introspection endpoint (RFC 7662), where there is one. */
  readonly introspection?: {
    readonly path: string;
    readonly clientAuthentication: 'post' | 'basic';
    /** What it says of a live token, and of any other (`undefined`), where that is not RFC 7662's. */
    readonly answer?: (live: SampleIdpToken | undefined) => IdpAnswer;
  };
}
