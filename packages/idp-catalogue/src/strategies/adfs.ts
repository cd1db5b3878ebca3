import type { CatalogueEntry } from '../catalogue-entry.ts';

export const adfs: CatalogueEntry = {
  name: 'adfs',
  strategy: 'adfs',
  displayName: 'ADFS',
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
