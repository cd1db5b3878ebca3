import type { CatalogueEntry } from '../catalogue-entry.ts';

export const ad: CatalogueEntry = {
  name: 'ad',
  strategy: 'ad',
  displayName: 'Active Directory / LDAP',
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
