import type { CatalogueEntry } from '../catalogue-entry.ts';

export const oauth1: CatalogueEntry = {
  name: 'oauth1',
  strategy: 'oauth1',
  displayName: 'Custom OAuth 1.0',
  kind: 'custom',
  upstreamStatus: 'active',
  relayable: 'configured',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'no',
    tokenVault: false,
    connectionOptions: ['requestTokenURL', 'accessTokenURL', 'userAuthorizationURL', 'signatureMethod'],
  },
  apiBaseUrls: [],
  tokenTransport: {
    in: 'oauth1',
  },
  accessToken: {
    expires: 'unknown',
  },
  refresh: {
    possible: 'no',
    rotates: 'never',
  },
  confidence: 'medium',
};
