import type { CatalogueEntry } from '../catalogue-entry.ts';

export const wordpress: CatalogueEntry = {
  name: 'wordpress',
  strategy: 'wordpress',
  displayName: 'WordPress.com',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: ['upstream_params.blog'],
  },
  apiBaseUrls: ['https://public-api.wordpress.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'never',
  },
  refresh: {
    possible: 'no',
    rotates: 'never',
    tokenEndpoint: 'https://public-api.wordpress.com/oauth2/token',
    clientAuthentication: 'post',
  },
  probe: {
    method: 'GET',
    url: 'https://public-api.wordpress.com/rest/v1.1/me?fields=ID',
    expectStatus: 200,
    badTokenStatus: [400, 401, 403],
    costsQuota: true,
  },
  introspection: {
    method: 'GET',
    url: 'https://public-api.wordpress.com/oauth2/token-info?client_id={client_id}&token={access_token}',
    credentials: 'clientId',
    okWhen: {
      jsonPointer: '/error',
      absent: true,
    },
    badTokenStatus: [400],
  },
  expiredSignal: [
    { status: [400, 401, 403], jsonPointer: '/error', in: ['invalid_token', 'authorization_required'] },
  ],
  rateLimit: {
    headers: [],
    limitStatus: [429],
  },
  docs: {
    api: 'https://developer.wordpress.com/docs/api/',
    authorization: 'https://developer.wordpress.com/docs/oauth2/',
  },
  confidence: 'medium',
};
