import type { CatalogueEntry } from '../catalogue-entry.ts';

export const auth0: CatalogueEntry = {
  name: 'auth0',
  strategy: 'auth0',
  displayName: 'Auth0 database',
  kind: 'database',
  upstreamStatus: 'active',
  relayable: 'configured',
  issuesToken: 'sometimes',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: [],
  tokenTransport: {
    in: 'none',
  },
  accessToken: {
    expires: 'unknown',
  },
  refresh: {
    possible: 'unknown',
    rotates: 'unknown',
  },
  confidence: 'high',
};
