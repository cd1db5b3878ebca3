import type { CatalogueEntry } from '../catalogue-entry.ts';

export const paypal = {
  name: 'paypal',
  strategy: 'paypal',
  displayName: 'PayPal',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: true,
    connectionOptions: ['profile', 'email', 'address', 'phone'],
  },
  apiBaseUrls: ['https://api-m.paypal.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 28800,
  },
  refresh: {
    possible: 'yes',
    rotates: 'unknown',
    tokenEndpoint: 'https://api-m.paypal.com/v1/oauth2/token',
    clientAuthentication: 'basic',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://api-m.paypal.com/v1/identity/openidconnect/userinfo?schema=openid',
    expectStatus: 200,
    badTokenStatus: [401],
    needsScope: 'openid',
  },
  expiredSignal: [{ status: [401], jsonPointer: '/error', in: ['invalid_token'] }],
  rateLimit: {
    headers: [],
    limitStatus: [429],
  },
  docs: {
    api: 'https://developer.paypal.com/api/identity/v1',
    authorization: 'https://developer.paypal.com/docs/log-in-with-paypal/integrate',
  },
  confidence: 'medium',
} satisfies CatalogueEntry;
