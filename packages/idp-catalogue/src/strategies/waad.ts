import type { CatalogueEntry } from '../catalogue-entry.ts';

export const waad: CatalogueEntry = {
  name: 'waad',
  strategy: 'waad',
  displayName: 'Microsoft Azure AD / Entra ID',
  kind: 'enterprise',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'sometimes',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: true,
    connectionOptions: [
      'ext_access_token',
      'ext_refresh_token',
      'ext_expires_in',
      'identity_api',
      'waad_protocol',
      'use_wsfed',
      'tenant_domain',
      'tenantId',
      'useCommonEndpoint',
      'scope',
    ],
  },
  apiBaseUrls: ['https://graph.microsoft.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 3600,
  },
  refresh: {
    possible: 'conditional',
    condition: 'the scope offline_access, and ext_refresh_token not switched off',
    askedAtSignIn: { scope: 'offline_access' },
    rotates: 'always',
    refreshTokenLifetimeSeconds: 7776000,
    tokenEndpoint: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token',
    clientAuthentication: 'post',
    format: 'form',
    extraParameters: {
      scope: '{scope}',
    },
  },
  probe: {
    method: 'GET',
    url: 'https://graph.microsoft.com/v1.0/me?$select=id',
    expectStatus: 200,
    badTokenStatus: [401],
    needsScope: 'User.Read',
    costsQuota: true,
  },
  expiredSignal: [{ status: [401], jsonPointer: '/error/code', in: ['InvalidAuthenticationToken'] }],
  missingScopeSignal: [
    {
      status: [403],
      jsonPointer: '/error/code',
      in: ['Authorization_RequestDenied', 'ErrorAccessDenied', 'accessDenied'],
    },
  ],
  rateLimit: {
    headers: ['Retry-After', 'RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'],
    limitStatus: [429, 503],
  },
  docs: {
    api: 'https://learn.microsoft.com/graph/overview',
    authorization: 'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow',
  },
  notes: ['A refresh token stays good after use, but only the newest one should be kept.'],
  confidence: 'high',
};
