import type { CatalogueEntry } from '../catalogue-entry.ts';

export const office365: CatalogueEntry = {
  name: 'office365',
  strategy: 'office365',
  displayName: 'Office 365 (legacy)',
  kind: 'enterprise',
  upstreamStatus: 'legacy',
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
    expires: 'unknown',
  },
  refresh: {
    possible: 'unknown',
    rotates: 'unknown',
  },
  docs: {
    authorization: 'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow',
  },
  confidence: 'low',
};
