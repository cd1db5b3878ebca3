import type { CatalogueEntry } from '../catalogue-entry.ts';

export const figma: CatalogueEntry = {
  name: 'figma',
  strategy: 'oauth2',
  connectionNames: ['figma'],
  displayName: 'Figma',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: true,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.figma.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 7776000,
  },
  refresh: {
    possible: 'yes',
    rotates: 'never',
    tokenEndpoint: 'https://api.figma.com/v1/oauth/token',
    clientAuthentication: 'basic',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://api.figma.com/v1/me',
    expectStatus: 200,
    badTokenStatus: [401, 403],
    needsScope: 'current_user:read',
  },
  // A 403 may mean a dead token too, but nothing known tells it from a file that the user may not see.
  expiredSignal: [{ status: [401] }],
  rateLimit: {
    headers: ['Retry-After'],
    limitStatus: [429],
  },
  docs: {
    api: 'https://developers.figma.com/docs/rest-api/',
    authorization: 'https://developers.figma.com/docs/rest-api/authentication/',
  },
  confidence: 'medium',
};
