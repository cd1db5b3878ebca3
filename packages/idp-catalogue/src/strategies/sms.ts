import type { CatalogueEntry } from '../catalogue-entry.ts';

export const sms: CatalogueEntry = {
  name: 'sms',
  strategy: 'sms',
  displayName: 'Passwordless SMS',
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
