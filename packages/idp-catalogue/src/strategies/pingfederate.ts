import type { CatalogueEntry } from '../catalogue-entry.ts';

export const pingfederate: CatalogueEntry = {
  name: 'pingfederate',
  strategy: 'pingfederate',
  displayName: 'PingFederate',
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
