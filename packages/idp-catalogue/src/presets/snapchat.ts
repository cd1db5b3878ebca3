import type { CatalogueEntry } from '../catalogue-entry.ts';

export const snapchat: CatalogueEntry = {
  name: 'snapchat',
  strategy: 'oauth2',
  connectionNames: ['snapchat'],
  displayName: 'Snapchat',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'unknown',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: true,
    connectionOptions: [],
  },
  apiBaseUrls: [],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
  },
  refresh: {
    possible: 'unknown',
    rotates: 'unknown',
    tokenEndpoint: 'https://accounts.snapchat.com/login/oauth2/access_token',
  },
  docs: {
    authorization: 'https://developers.snap.com/snap-kit/login-kit/overview',
  },
  confidence: 'low',
};
