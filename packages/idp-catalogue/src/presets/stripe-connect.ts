import type { CatalogueEntry } from '../catalogue-entry.ts';

export const stripeConnect: CatalogueEntry = {
  name: 'stripe-connect',
  strategy: 'oauth2',
  connectionNames: ['stripe', 'stripe-connect'],
  displayName: 'Stripe Connect',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: true,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.stripe.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'never',
  },
  refresh: {
    possible: 'unknown',
    rotates: 'unknown',
    tokenEndpoint: 'https://connect.stripe.com/oauth/token',
    clientAuthentication: 'post',
  },
  probe: {
    method: 'GET',
    url: 'https://api.stripe.com/v1/account',
    expectStatus: 200,
    badTokenStatus: [401],
  },
  expiredSignal: [{ status: [401] }],
  rateLimit: {
    headers: [],
    limitStatus: [429],
  },
  defaultHeaders: [
    {
      name: 'Stripe-Version',
      required: 'no',
    },
  ],
  docs: {
    api: 'https://docs.stripe.com/api',
    authorization: 'https://docs.stripe.com/connect/oauth-reference',
  },
  confidence: 'low',
};
