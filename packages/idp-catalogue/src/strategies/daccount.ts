import type { CatalogueEntry } from '../catalogue-entry.ts';

export const daccount: CatalogueEntry = {
  name: 'daccount',
  strategy: 'daccount',
  displayName: 'NTT docomo d ACCOUNT',
  kind: 'social',
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
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
  },
  refresh: {
    possible: 'unknown',
    rotates: 'unknown',
  },
  docs: {
    authorization: 'https://id.smt.docomo.ne.jp/src/dlogin/ctop_method.html',
  },
  confidence: 'low',
};
