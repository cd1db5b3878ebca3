import type { CatalogueEntry } from '../catalogue-entry.ts';

// No signals: tokens are refused within a Thrift message of status 200, which is not JSON.
export const evernote = {
  name: 'evernote',
  strategy: 'evernote',
  displayName: 'Evernote',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'no',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'no',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://www.evernote.com'],
  tokenTransport: {
    in: 'message',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 31536000,
  },
  refresh: {
    possible: 'no',
    rotates: 'never',
    tokenEndpoint: 'https://www.evernote.com/oauth',
    clientAuthentication: 'none',
  },
  rateLimit: {
    headers: [],
    limitStatus: [200],
  },
  docs: {
    api: 'https://dev.evernote.com/doc/',
    authorization: 'https://dev.evernote.com/doc/articles/authentication.php',
  },
  confidence: 'high',
} satisfies CatalogueEntry;
