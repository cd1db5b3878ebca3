import type { CatalogueEntry } from '../catalogue-entry.ts';

export const digitalocean: CatalogueEntry = {
  name: 'digitalocean',
  strategy: 'oauth2',
  connectionNames: ['digitalocean'],
  displayName: 'DigitalOcean',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: true,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.digitalocean.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 2592000,
  },
  refresh: {
    possible: 'yes',
    rotates: 'always',
    tokenEndpoint: 'https://cloud.digitalocean.com/v1/oauth/token',
    clientAuthentication: 'post',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://api.digitalocean.com/v2/account',
    expectStatus: 200,
    badTokenStatus: [401],
    needsScope: 'account:read',
  },
  expiredSignal: [{ status: [401] }],
  rateLimit: {
    headers: ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'retry-after'],
    resetUnit: 'epochSeconds',
    limitStatus: [429],
  },
  docs: {
    api: 'https://docs.digitalocean.com/reference/api/',
    authorization: 'https://docs.digitalocean.com/reference/api/oauth/',
  },
  confidence: 'medium',
};
