import type { CatalogueEntry } from '../catalogue-entry.ts';

export const amazon: CatalogueEntry = {
  name: 'amazon',
  strategy: 'amazon',
  displayName: 'Login with Amazon',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: true,
    connectionOptions: ['profile', 'postal_code', 'freeform_scopes'],
  },
  apiBaseUrls: ['https://api.amazon.com', 'https://api.amazon.co.uk', 'https://api.amazon.co.jp'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 3600,
  },
  refresh: {
    possible: 'yes',
    rotates: 'sometimes',
    tokenEndpoint: 'https://api.amazon.com/auth/o2/token',
    clientAuthentication: 'post',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://api.amazon.com/auth/o2/tokeninfo',
    tokenTransport: {
      in: 'query',
      parameter: 'access_token',
    },
    expectStatus: 200,
    badTokenStatus: [400],
    expiresFrom: {
      jsonPointer: '/exp',
      unit: 'secondsFromNow',
    },
  },
  expiredSignal: [{ status: [400, 401], jsonPointer: '/error', in: ['invalid_token'] }],
  rateLimit: {
    headers: [],
    limitStatus: [429],
  },
  docs: {
    api: 'https://developer.amazon.com/docs/login-with-amazon/customer-profile.html',
    authorization: 'https://developer.amazon.com/docs/login-with-amazon/authorization-code-grant.html',
  },
  confidence: 'high',
};
