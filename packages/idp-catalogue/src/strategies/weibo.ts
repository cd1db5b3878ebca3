import type { CatalogueEntry } from '../catalogue-entry.ts';

export const weibo: CatalogueEntry = {
  name: 'weibo',
  strategy: 'weibo',
  displayName: 'Sina Weibo',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.weibo.com'],
  tokenTransport: {
    in: 'query',
    parameter: 'access_token',
  },
  accessToken: {
    expires: 'always',
  },
  refresh: {
    possible: 'no',
    rotates: 'never',
    tokenEndpoint: 'https://api.weibo.com/oauth2/access_token',
    clientAuthentication: 'post',
  },
  probe: {
    method: 'POST',
    url: 'https://api.weibo.com/oauth2/get_token_info',
    tokenTransport: {
      in: 'form',
      parameter: 'access_token',
    },
    expectStatus: 200,
    badTokenStatus: [400, 401, 403],
    scopesFrom: {
      jsonPointer: '/scope',
      separator: ',',
    },
    expiresFrom: {
      jsonPointer: '/expire_in',
      unit: 'secondsFromNow',
    },
  },
  revocation: {
    method: 'POST',
    url: 'https://api.weibo.com/oauth2/revokeoauth2',
    credentials: 'none',
    body: {
      form: {
        access_token: '{access_token}',
      },
    },
  },
  expiredSignal: [{ status: [401, 403], jsonPointer: '/error_code', in: [21327, 21332] }],
  rateLimit: {
    headers: [],
    limitStatus: [403],
  },
  docs: {
    api: 'https://open.weibo.com/wiki/API',
    authorization: 'https://open.weibo.com/wiki/Oauth2/access_token',
  },
  confidence: 'medium',
};
