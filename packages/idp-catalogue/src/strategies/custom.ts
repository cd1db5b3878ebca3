import type { CatalogueEntry } from '../catalogue-entry.ts';

export const custom: CatalogueEntry = {
  name: 'custom',
  strategy: 'custom',
  displayName: 'Custom',
  kind: 'custom',
  upstreamStatus: 'active',
  relayable: 'unknown',
  issuesToken: 'unknown',
  storedAtAuth0: {
    refreshToken: 'undocumented',
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
  confidence: 'low',
};
