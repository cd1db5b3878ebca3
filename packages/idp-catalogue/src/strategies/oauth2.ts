import type { CatalogueEntry } from '../catalogue-entry.ts';

export const oauth2: CatalogueEntry = {
  name: 'oauth2',
  strategy: 'oauth2',
  displayName: 'Custom OAuth 2.0 (and most Marketplace social connections)',
  kind: 'custom',
  upstreamStatus: 'active',
  relayable: 'configured',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: true,
    connectionOptions: [
      'authorizationURL',
      'tokenURL',
      'scope',
      'customHeaders',
      'authParams',
      'upstream_params',
      'useOauthSpecScope',
      'pkce_enabled',
    ],
  },
  apiBaseUrls: [],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'unknown',
  },
  refresh: {
    possible: 'conditional',
    condition: 'depends on the provider, often the scope offline_access',
    rotates: 'sometimes',
    format: 'form',
  },
  docs: {
    authorization: 'https://www.rfc-editor.org/rfc/rfc6749',
  },
  confidence: 'high',
};
