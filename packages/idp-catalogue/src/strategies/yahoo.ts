import type { CatalogueEntry } from '../catalogue-entry.ts';

export const yahoo: CatalogueEntry = {
  name: 'yahoo',
  strategy: 'yahoo',
  displayName: 'Yahoo',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.login.yahoo.com', 'https://fantasysports.yahooapis.com'],
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
    rotates: 'unknown',
    tokenEndpoint: 'https://api.login.yahoo.com/oauth2/get_token',
    clientAuthentication: 'basic',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://api.login.yahoo.com/openid/v1/userinfo',
    expectStatus: 200,
    badTokenStatus: [401],
    needsScope: 'openid',
  },
  revocation: {
    method: 'POST',
    url: 'https://api.login.yahoo.com/oauth2/revoke',
    credentials: 'clientBasic',
    body: {
      form: {
        token: '{refresh_token}',
        token_type_hint: 'refresh_token',
      },
    },
  },
  expiredSignal: [
    { status: [401] },
    { status: [401], header: { name: 'WWW-Authenticate', contains: 'token_expired' } },
  ],
  rateLimit: {
    headers: [],
    limitStatus: [429, 999],
  },
  docs: {
    api: 'https://developer.yahoo.com/api/',
    authorization: 'https://developer.yahoo.com/oauth2/guide/',
  },
  confidence: 'medium',
};
