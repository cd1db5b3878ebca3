import type { CatalogueEntry } from '../catalogue-entry.ts';

export const evernoteSandbox: CatalogueEntry = {
  name: 'evernote-sandbox',
  strategy: 'evernote-sandbox',
  displayName: 'Evernote Sandbox',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'no',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'no',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://sandbox.evernote.com'],
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
    tokenEndpoint: 'https://sandbox.evernote.com/oauth',
    clientAuthentication: 'none',
  },
  expiredSignal: {
    status: [200],
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
};
