import type { CatalogueEntry } from '../catalogue-entry.ts';

export const line: CatalogueEntry = {
  name: 'line',
  strategy: 'line',
  displayName: 'LINE',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: ['email', 'profile', 'freeform_scopes'],
  },
  apiBaseUrls: ['https://api.line.me'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 2592000,
  },
  refresh: {
    possible: 'yes',
    rotates: 'unknown',
    refreshTokenLifetimeSeconds: 7776000,
    tokenEndpoint: 'https://api.line.me/oauth2/v2.1/token',
    clientAuthentication: 'post',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://api.line.me/oauth2/v2.1/verify',
    tokenTransport: {
      in: 'query',
      parameter: 'access_token',
    },
    expectStatus: 200,
    badTokenStatus: [400],
    scopesFrom: {
      jsonPointer: '/scope',
      separator: ' ',
    },
    expiresFrom: {
      jsonPointer: '/expires_in',
      unit: 'secondsFromNow',
    },
  },
  revocation: {
    method: 'POST',
    url: 'https://api.line.me/oauth2/v2.1/revoke',
    credentials: 'clientPost',
    body: {
      form: {
        access_token: '{access_token}',
        client_id: '{client_id}',
        client_secret: '{client_secret}',
      },
    },
  },
  expiredSignal: [{ status: [401] }],
  missingScopeSignal: [{ status: [403] }],
  rateLimit: {
    headers: [],
    limitStatus: [429],
  },
  docs: {
    api: 'https://developers.line.biz/en/reference/line-login/',
    authorization: 'https://developers.line.biz/en/docs/line-login/managing-access-tokens/',
  },
  confidence: 'high',
};
