import type { CatalogueEntry } from '../catalogue-entry.ts';

export const bitly: CatalogueEntry = {
  name: 'bitly',
  strategy: 'bitly',
  displayName: 'Bitly',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api-ssl.bitly.com'],
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
    tokenEndpoint: 'https://api-ssl.bitly.com/oauth/access_token',
    clientAuthentication: 'post',
  },
  probe: {
    method: 'GET',
    url: 'https://api-ssl.bitly.com/v4/user',
    expectStatus: 200,
    badTokenStatus: [401, 403],
    costsQuota: true,
  },
  expiredSignal: [{ status: [401, 403], jsonPointer: '/message', in: ['FORBIDDEN'] }],
  rateLimit: {
    headers: [],
    limitStatus: [429],
  },
  docs: {
    api: 'https://dev.bitly.com/api-reference',
    authorization: 'https://dev.bitly.com/docs/getting-started/authentication/',
  },
  confidence: 'medium',
};
