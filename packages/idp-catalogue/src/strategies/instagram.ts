import type { CatalogueEntry } from '../catalogue-entry.ts';

export const instagram: CatalogueEntry = {
  name: 'instagram',
  strategy: 'instagram',
  displayName: 'Instagram',
  kind: 'social',
  upstreamStatus: 'limited',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'no',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://graph.instagram.com'],
  tokenTransport: {
    in: 'query',
    parameter: 'access_token',
  },
  methodParameter: 'method',
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 3600,
  },
  refresh: {
    possible: 'conditional',
    condition: 'a long-lived token renews itself; there is no refresh token',
    rotates: 'never',
    tokenEndpoint: 'https://api.instagram.com/oauth/access_token',
    clientAuthentication: 'post',
    grantType: 'ig_refresh_token',
    format: 'query',
    extraParameters: {
      access_token: '{access_token}',
    },
  },
  probe: {
    method: 'GET',
    url: 'https://graph.instagram.com/me?fields=id',
    tokenTransport: {
      in: 'query',
      parameter: 'access_token',
    },
    expectStatus: 200,
    badTokenStatus: [400, 401],
    costsQuota: true,
  },
  expiredSignal: [{ status: [400, 401], jsonPointer: '/error/code', in: [190] }],
  rateLimit: {
    headers: ['X-App-Usage', 'X-Business-Use-Case-Usage'],
    limitStatus: [400, 403],
  },
  docs: {
    api: 'https://developers.facebook.com/docs/instagram-platform',
    authorization:
      'https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login',
  },
  confidence: 'medium',
};
