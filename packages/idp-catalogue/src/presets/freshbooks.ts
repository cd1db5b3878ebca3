import type { CatalogueEntry } from '../catalogue-entry.ts';

export const freshbooks: CatalogueEntry = {
  name: 'freshbooks',
  strategy: 'oauth2',
  connectionNames: ['freshbooks'],
  displayName: 'FreshBooks',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: true,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.freshbooks.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 43200,
  },
  refresh: {
    possible: 'yes',
    rotates: 'always',
    tokenEndpoint: 'https://api.freshbooks.com/auth/oauth/token',
    clientAuthentication: 'post',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://api.freshbooks.com/auth/api/v1/users/me',
    expectStatus: 200,
    badTokenStatus: [401],
    needsScope: 'user:profile:read',
  },
  docs: {
    api: 'https://www.freshbooks.com/api/start',
    authorization: 'https://www.freshbooks.com/api/authentication',
  },
  confidence: 'low',
};
