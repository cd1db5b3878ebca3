import type { CatalogueEntry } from '../catalogue-entry.ts';

export const auth0Adldap: CatalogueEntry = {
  name: 'auth0-adldap',
  strategy: 'auth0-adldap',
  displayName: 'Auth0 AD/LDAP (connection strategy only)',
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
