import type { CatalogueEntry } from '../catalogue-entry.ts';

export const tiktok: CatalogueEntry = {
  name: 'tiktok',
  strategy: 'oauth2',
  connectionNames: ['tiktok'],
  displayName: 'TikTok',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'documented',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://open.tiktokapis.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 86400,
  },
  refresh: {
    possible: 'yes',
    rotates: 'sometimes',
    refreshTokenLifetimeSeconds: 31536000,
    tokenEndpoint: 'https://open.tiktokapis.com/v2/oauth/token/',
    clientAuthentication: 'post',
    format: 'form',
    extraParameters: {
      client_key: '{client_id}',
      client_secret: '{client_secret}',
    },
  },
  probe: {
    method: 'GET',
    url: 'https://open.tiktokapis.com/v2/user/info/?fields=open_id',
    expectStatus: 200,
    badTokenStatus: [401],
    needsScope: 'user.info.basic',
    costsQuota: true,
  },
  revocation: {
    method: 'POST',
    url: 'https://open.tiktokapis.com/v2/oauth/revoke/',
    credentials: 'clientPost',
    body: {
      form: {
        client_key: '{client_id}',
        client_secret: '{client_secret}',
        token: '{access_token}',
      },
    },
  },
  expiredSignal: [{ status: [401], jsonPointer: '/error/code', in: ['access_token_invalid'] }],
  rateLimit: {
    headers: ['x-ratelimit-reset'],
    limitStatus: [429],
  },
  docs: {
    api: 'https://developers.tiktok.com/doc/overview',
    authorization: 'https://developers.tiktok.com/doc/oauth-user-access-token-management',
  },
  confidence: 'medium',
};
