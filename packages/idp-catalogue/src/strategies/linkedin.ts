import type { CatalogueEntry } from '../catalogue-entry.ts';

export const linkedin: CatalogueEntry = {
  name: 'linkedin',
  strategy: 'linkedin',
  displayName: 'LinkedIn',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: ['strategy_version', 'openid', 'profile', 'freeform_scopes'],
  },
  apiBaseUrls: ['https://api.linkedin.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 5184000,
  },
  refresh: {
    possible: 'conditional',
    condition: 'LinkedIn must have approved the app for refresh tokens',
    rotates: 'never',
    refreshTokenLifetimeSeconds: 31536000,
    tokenEndpoint: 'https://www.linkedin.com/oauth/v2/accessToken',
    clientAuthentication: 'post',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://api.linkedin.com/v2/userinfo',
    expectStatus: 200,
    badTokenStatus: [401],
    needsScope: 'openid profile',
    costsQuota: true,
  },
  introspection: {
    method: 'POST',
    url: 'https://www.linkedin.com/oauth/v2/introspectToken',
    credentials: 'clientPost',
    body: {
      form: {
        client_id: '{client_id}',
        client_secret: '{client_secret}',
        token: '{access_token}',
      },
    },
    // Its 400 is about either the client id or the token, and so says nothing.
    scopesFrom: {
      jsonPointer: '/scope',
      separator: ',',
    },
    expiresFrom: {
      jsonPointer: '/expires_at',
      unit: 'epochSeconds',
    },
  },
  expiredSignal: [{ status: [401], jsonPointer: '/serviceErrorCode', in: [65600, 65601, 65602] }],
  missingScopeSignal: [{ status: [403], jsonPointer: '/code', in: ['ACCESS_DENIED'] }],
  rateLimit: {
    headers: [],
    limitStatus: [429],
  },
  defaultHeaders: [
    {
      name: 'LinkedIn-Version',
      required: 'conditional',
    },
    {
      name: 'X-Restli-Protocol-Version',
      value: '2.0.0',
      required: 'conditional',
    },
  ],
  docs: {
    api: 'https://learn.microsoft.com/linkedin/',
    authorization: 'https://learn.microsoft.com/linkedin/shared/authentication/authorization-code-flow',
  },
  confidence: 'high',
};
