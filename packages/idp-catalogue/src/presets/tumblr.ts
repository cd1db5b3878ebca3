import type { CatalogueEntry } from '../catalogue-entry.ts';

export const tumblr: CatalogueEntry = {
  name: 'tumblr',
  strategy: 'oauth2',
  connectionNames: ['tumblr'],
  displayName: 'Tumblr',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: true,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.tumblr.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
  },
  refresh: {
    possible: 'conditional',
    condition: 'the scope offline_access',
    askedAtSignIn: { scope: 'offline_access' },
    rotates: 'unknown',
    tokenEndpoint: 'https://api.tumblr.com/v2/oauth2/token',
    clientAuthentication: 'post',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://api.tumblr.com/v2/user/info',
    expectStatus: 200,
    badTokenStatus: [401],
    costsQuota: true,
  },
  defaultHeaders: [
    {
      name: 'User-Agent',
      required: 'always',
    },
  ],
  docs: {
    api: 'https://www.tumblr.com/docs/en/api/v2',
    authorization: 'https://www.tumblr.com/docs/en/api/v2#oauth2-authorization',
  },
  confidence: 'low',
};
