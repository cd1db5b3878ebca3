import { z } from 'zod';
import { expiresFrom, scopesFrom } from './answer-places.ts';
import {
  body,
  credentialedCall,
  hasOnePlace,
  httpsUrl,
  introspection,
  onePlace,
  path,
} from './call-schema.ts';
import { BaseUrl } from './base-url.ts';
import { fieldCondition, responseSignal, status } from './response-schema.ts';

const tokenTransport = z.discriminatedUnion('in', [
  /** `Authorization: <scheme> <token>` (RFC 6750 section 2.1). */
  z.strictObject({ in: z.literal('authorization'), scheme: z.string().regex(/^[A-Za-z]+$/) }),
  /** The bare token in a header of the IdP's own. */
  z.strictObject({ in: z.literal('header'), name: z.string().regex(/^[A-Za-z0-9-]+$/) }),
  /** A query parameter (RFC 6750 section 2.3). */
  z.strictObject({ in: z.literal('query'), parameter: z.string().min(1) }),
  /** A field of a form body (RFC 6750 section 2.2). */
  z.strictObject({ in: z.literal('form'), parameter: z.string().min(1) }),
  /** RFC 5849 signature with token and token secret. */
  z.strictObject({ in: z.literal('oauth1') }),
  /** Inside a message that is not plain HTTP. */
  z.strictObject({ in: z.literal('message') }),
  /** Tokens bound to a key at Auth0 (RFC 9449): nobody else can send them. */
  z.strictObject({ in: z.literal('dpop') }),
  z.strictObject({ in: z.literal('none') }),
]);

const probe = z
  .strictObject({
    method: z.enum(['GET', 'POST']),
    /** The address, where it is the same for everybody. */
    url: httpsUrl.optional(),
    /** Path and query after the connection's first base URL, where each tenant has a host of its own; instead of `url`. */
    path: path.optional(),
    /** Where the token goes in this call, if not where it goes in all others. */
    tokenTransport: tokenTransport.optional(),
    headers: z.record(z.string(), z.string()).optional(),
    body: body.optional(),
    expectStatus: status,
    /** Statuses that mean a dead token; 200 among them where `okWhen` tells. */
    badTokenStatus: z.array(status).min(1),
    /** Must hold besides the status: some IdPs answer 200 for dead tokens. */
    okWhen: fieldCondition.optional(),
    scopesFrom: scopesFrom.optional(),
    expiresFrom: expiresFrom.optional(),
    /** The call is refused without this scope, whatever the token's health. */
    needsScope: z.string().optional(),
    /** Counts against the user's or the app's quota at the IdP. */
    costsQuota: z.boolean().optional(),
  })
  .refine(hasOnePlace, onePlace);

/** Everything known of one strategy, or of one `oauth2` connection that is told apart by its name. */
export const CatalogueEntry = z.strictObject({
  /** The strategy's name, or that of the preset: unique. */
  name: z.string().min(1),
  /** Auth0's name of the strategy, as in `identities[].provider`. */
  strategy: z.string().min(1),
  /** Presets of `oauth2` only: the connection names that mean this entry. */
  connectionNames: z.array(z.string().min(1)).optional(),
  displayName: z.string().min(1),
  kind: z.enum(['social', 'enterprise', 'database', 'passwordless', 'custom']),
  /** The IdP's own service: running, cut down, superseded or gone. */
  upstreamStatus: z.enum(['active', 'limited', 'legacy', 'shutdown']),
  /** `configured`: once an operator has set `apiBaseUrls`. */
  relayable: z.enum(['yes', 'no', 'configured', 'unknown']),
  issuesToken: z.enum(['always', 'sometimes', 'never', 'unknown']),
  storedAtAuth0: z.strictObject({
    /** Does Auth0's documentation say that refresh tokens are kept in identities. */
    refreshToken: z.enum(['documented', 'undocumented', 'no']),
    /** Token Vault can keep this strategy's tokens. */
    tokenVault: z.boolean(),
    /** Options of the connection that decide on token, scopes or host. */
    connectionOptions: z.array(z.string()),
  }),
  /** Where tokens may be sent; the first one is the default. Empty: nowhere, until an operator says so. */
  apiBaseUrls: z.array(BaseUrl),
  /** The shape of the base URL where each tenant has its own, with the varying part in braces. */
  apiBaseUrlTemplate: z.string().optional(),
  tokenTransport,
  /** Other ways of sending the token, and what tells that they apply. */
  tokenTransportVariants: z
    .array(z.strictObject({ when: z.enum(['access_token_secret_stored', 'dpop_enabled']), tokenTransport }))
    .optional(),
  /** The IdP takes an HMAC-SHA256 of the token under the client's secret, in hexadecimal, in this query parameter. */
  appSecretProof: z.strictObject({ parameter: z.string().min(1) }).optional(),
  /** By this query parameter the API takes a request for one of another method; such requests are refused. */
  methodParameter: z.string().min(1).optional(),
  accessToken: z.strictObject({
    /** `sometimes`: depends on the kind of app or on its settings. */
    expires: z.enum(['always', 'never', 'sometimes', 'unknown']),
    /** The usual lifetime; an answer's own `expires_in` counts for more. Seconds. */
    lifetimeSeconds: z.number().int().positive().optional(),
  }),
  refresh: z
    .strictObject({
      possible: z.enum(['yes', 'conditional', 'no', 'unknown']),
      /** What must be asked for, or set up, to get a refresh token. */
      condition: z.string().optional(),
      /** What a sign-in through Auth0's /authorize must carry so that the IdP gives a refresh token. */
      askedAtSignIn: z
        .strictObject({
          /** Parameters that Auth0 hands on to the IdP. */
          parameters: z.record(z.string(), z.string()).optional(),
          /** A scope for `connection_scope`. */
          scope: z.string().optional(),
        })
        .optional(),
      /** `always`: each refresh gives a new refresh token. In every case a returned one replaces the old one. */
      rotates: z.enum(['always', 'sometimes', 'never', 'unknown']),
      refreshTokenLifetimeSeconds: z.number().int().positive().optional(),
      /** A renewal sooner after the last one, or after the sign-in, is refused. Seconds. */
      earliestAfterSeconds: z.number().int().positive().optional(),
      tokenEndpoint: z.string().startsWith('https://').optional(),
      clientAuthentication: z.enum(['basic', 'post', 'none']).optional(),
      /** `refresh_token` unless the IdP has its own. */
      grantType: z.string().optional(),
      format: z.enum(['form', 'query']).optional(),
      /** Beyond RFC 6749 section 6; may hold placeholders in braces. */
      extraParameters: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  probe: probe.optional(),
  introspection: introspection.optional(),
  revocation: credentialedCall.optional(),
  /** How an API of the IdP says that the token is dead. A 401 says so without being named here. */
  expiredSignal: responseSignal.optional(),
  /** How it says that the token is good and lacks a scope. Asked before `expiredSignal`: some IdPs say both with a 401. */
  missingScopeSignal: responseSignal.optional(),
  rateLimit: z
    .strictObject({
      headers: z.array(z.string()),
      resetUnit: z.enum(['epochSeconds', 'epochMilliseconds', 'secondsFromNow']).optional(),
      limitStatus: z.array(status),
    })
    .optional(),
  /** Headers that the API wants on calls; without a value the caller must send its own. */
  defaultHeaders: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[A-Za-z0-9-]+$/),
        value: z.string().optional(),
        required: z.enum(['always', 'conditional', 'no']),
      }),
    )
    .optional(),
  docs: z.strictObject({ api: httpsUrl.optional(), authorization: httpsUrl.optional() }).optional(),
  /** What an operator should know. */
  notes: z.array(z.string()).optional(),
  /** `low`: do not build on it without looking. */
  confidence: z.enum(['high', 'medium', 'low']),
});
export type CatalogueEntry = z.infer<typeof CatalogueEntry>;

/** Where a token goes in a call. */
export type TokenTransport = CatalogueEntry['tokenTransport'];

/** True where calls can be relayed: there is a place to send them to, and a token to send along. */
export function isRelayable(entry: CatalogueEntry): boolean {
  return entry.apiBaseUrls.length > 0 && entry.relayable !== 'no' && entry.issuesToken !== 'never';
}

/** Where the entry's probe goes; `undefined` without a probe, or when it has but a path and nobody has set base URLs. */
export function probeUrl({ probe, apiBaseUrls: [baseUrl] }: CatalogueEntry): URL | undefined {
  if (probe?.url !== undefined) return new URL(probe.url);
  return probe?.path === undefined || baseUrl === undefined ? undefined : new URL(`${baseUrl}${probe.path}`);
}
