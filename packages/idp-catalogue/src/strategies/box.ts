import type { CatalogueEntry } from '../catalogue-entry.ts';

export const box: CatalogueEntry = {
  name: 'box',
  strategy: 'box',
  displayName: 'Box',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: true,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.box.com', 'https://upload.box.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 3600,
  },
  refresh: {
    possible: 'yes',
    rotates: 'always',
    refreshTokenLifetimeSeconds: 5184000,
    tokenEndpoint: 'https://api.box.com/oauth2/token',
    clientAuthentication: 'post',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://api.box.com/2.0/users/me?fields=id',
    expectStatus: 200,
    badTokenStatus: [401],
    costsQuota: true,
  },
  revocation: {
    method: 'POST',
    url: 'https://api.box.com/oauth2/revoke',
    credentials: 'clientPost',
    body: {
      form: {
        client_id: '{client_id}',
        client_secret: '{client_secret}',
        token: '{access_token}',
      },
    },
  },
  expiredSignal: [{ status: [401], header: { name: 'WWW-Authenticate', contains: 'invalid_token' } }],
  missingScopeSignal: [
    {
      status: [403],
      jsonPointer: '/code',
      in: ['insufficient_scope', 'access_denied_insufficient_permissions'],
    },
  ],
  rateLimit: {
    headers: ['retry-after'],
    limitStatus: [429],
  },
  docs: {
    api: 'https://developer.box.com/reference/',
    authorization: 'https://developer.box.com/guides/authentication/oauth2/',
  },
  confidence: 'high',
};
