import type { CatalogueEntry } from '../catalogue-entry.ts';

export const auth0Oidc: CatalogueEntry = {
  name: 'auth0-oidc',
  strategy: 'auth0-oidc',
  displayName: 'Auth0 to Auth0 (OIDC)',
  kind: 'enterprise',
  upstreamStatus: 'active',
  relayable: 'unknown',
  issuesToken: 'unknown',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: [],
  apiBaseUrlTemplate: 'https://{upstreamAuth0Domain}',
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'unknown',
  },
  refresh: {
    possible: 'unknown',
    rotates: 'unknown',
  },
  docs: {
    authorization: 'https://auth0.com/docs/api/authentication',
  },
  confidence: 'low',
};
