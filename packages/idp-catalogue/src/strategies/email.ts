import type { CatalogueEntry } from '../catalogue-entry.ts';

export const email: CatalogueEntry = {
  name: 'email',
  strategy: 'email',
  displayName: 'Passwordless email',
  kind: 'passwordless',
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
