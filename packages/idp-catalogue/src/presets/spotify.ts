import type { CatalogueEntry } from '../catalogue-entry.ts';

export const spotify: CatalogueEntry = {
  name: 'spotify',
  strategy: 'oauth2',
  connectionNames: ['spotify'],
  displayName: 'Spotify',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: true,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.spotify.com'],
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
    refreshTokenLifetimeSeconds: 15552000,
    tokenEndpoint: 'https://accounts.spotify.com/api/token',
    clientAuthentication: 'basic',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://api.spotify.com/v1/me',
    expectStatus: 200,
    badTokenStatus: [401],
    costsQuota: true,
  },
  expiredSignal: [{ status: [401], jsonPointer: '/error/message', in: ['The access token expired'] }],
  missingScopeSignal: [{ status: [403] }],
  rateLimit: {
    headers: ['Retry-After'],
    limitStatus: [429],
  },
  docs: {
    api: 'https://developer.spotify.com/documentation/web-api',
    authorization: 'https://developer.spotify.com/documentation/web-api/tutorials/refreshing-tokens',
  },
  confidence: 'high',
};
