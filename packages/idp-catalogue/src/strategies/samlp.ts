import type { CatalogueEntry } from '../catalogue-entry.ts';

export const samlp: CatalogueEntry = {
  name: 'samlp',
  strategy: 'samlp',
  displayName: 'SAML',
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
