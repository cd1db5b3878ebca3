import type { CatalogueEntry } from '../catalogue-entry.ts';

export const okta: CatalogueEntry = {
  name: 'okta',
  strategy: 'okta',
  displayName: 'Okta Workforce',
  kind: 'enterprise',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'sometimes',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: ['domain', 'type (back_channel)', 'scope', 'dpop_signing_alg'],
  },
  apiBaseUrls: [],
  apiBaseUrlTemplate: 'https://{oktaDomain}',
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  tokenTransportVariants: [
    {
      when: 'dpop_enabled',
      tokenTransport: {
        in: 'dpop',
      },
    },
  ],
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 3600,
  },
  refresh: {
    possible: 'conditional',
    condition: 'the scope offline_access, and the refresh token grant on the Okta app',
    askedAtSignIn: { scope: 'offline_access' },
    rotates: 'sometimes',
    refreshTokenLifetimeSeconds: 7776000,
    tokenEndpoint: 'https://{oktaDomain}/oauth2/v1/token',
    clientAuthentication: 'basic',
    format: 'form',
    extraParameters: {
      scope: '{scope}',
    },
  },
  probe: {
    method: 'GET',
    path: '/oauth2/v1/userinfo',
    expectStatus: 200,
    badTokenStatus: [401],
    needsScope: 'openid',
    costsQuota: true,
  },
  introspection: {
    method: 'POST',
    path: '/oauth2/v1/introspect',
    credentials: 'clientBasic',
    body: {
      form: {
        token: '{access_token}',
        token_type_hint: 'access_token',
      },
    },
  },
  revocation: {
    method: 'POST',
    path: '/oauth2/v1/revoke',
    credentials: 'clientBasic',
    body: {
      form: {
        token: '{access_token}',
        token_type_hint: 'access_token',
      },
    },
  },
  expiredSignal: [
    { status: [401], header: { name: 'WWW-Authenticate', contains: 'invalid_token' } },
    { status: [401], jsonPointer: '/errorCode', in: ['E0000011'] },
  ],
  missingScopeSignal: [
    { status: [403], jsonPointer: '/errorCode', in: ['E0000006'] },
    { status: [403], header: { name: 'WWW-Authenticate', contains: 'insufficient_scope' } },
  ],
  rateLimit: {
    headers: ['X-Rate-Limit-Limit', 'X-Rate-Limit-Remaining', 'X-Rate-Limit-Reset'],
    resetUnit: 'epochSeconds',
    limitStatus: [429],
  },
  docs: {
    api: 'https://developer.okta.com/docs/reference/',
    authorization: 'https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/',
  },
  notes: ['With DPoP the token is bound to a key at Auth0, and no relay can use it.'],
  confidence: 'high',
};
