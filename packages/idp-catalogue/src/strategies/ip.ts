import type { CatalogueEntry } from '../catalogue-entry.ts';

export const ip: CatalogueEntry = {
  name: 'ip',
  strategy: 'ip',
  displayName: 'IP address authentication',
  kind: 'enterprise',
  upstreamStatus: 'active',
  relayable: 'no',
  issuesToken: 'never',
  storedAtAuth0: {
    refreshToken: 'no',
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
  confidence: 'high',
};
