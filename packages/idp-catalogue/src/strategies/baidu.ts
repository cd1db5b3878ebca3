import type { CatalogueEntry } from '../catalogue-entry.ts';

export const baidu: CatalogueEntry = {
  name: 'baidu',
  strategy: 'baidu',
  displayName: 'Baidu',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://openapi.baidu.com'],
  tokenTransport: {
    in: 'query',
    parameter: 'access_token',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 2592000,
  },
  refresh: {
    possible: 'yes',
    rotates: 'always',
    refreshTokenLifetimeSeconds: 315360000,
    tokenEndpoint: 'https://openapi.baidu.com/oauth/2.0/token',
    clientAuthentication: 'post',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://openapi.baidu.com/rest/2.0/passport/users/getInfo',
    tokenTransport: {
      in: 'query',
      parameter: 'access_token',
    },
    expectStatus: 200,
    badTokenStatus: [200, 400, 401],
    okWhen: { jsonPointer: '/error_code', absent: true },
  },
  expiredSignal: [{ status: [200, 401], jsonPointer: '/error_code', in: [110, 111] }],
  rateLimit: {
    headers: [],
    limitStatus: [429],
  },
  docs: {
    api: 'https://openauth.baidu.com/doc/doc.html',
    authorization: 'https://openauth.baidu.com/doc/doc.html',
  },
  confidence: 'medium',
};
