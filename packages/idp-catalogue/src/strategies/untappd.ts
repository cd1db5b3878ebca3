import type { CatalogueEntry } from '../catalogue-entry.ts';

export const untappd: CatalogueEntry = {
  name: 'untappd',
  strategy: 'untappd',
  displayName: 'Untappd',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.untappd.com'],
  tokenTransport: {
    in: 'query',
    parameter: 'access_token',
  },
  accessToken: {
    expires: 'never',
  },
  refresh: {
    possible: 'no',
    rotates: 'never',
    tokenEndpoint: 'https://untappd.com/oauth/authorize/',
    clientAuthentication: 'post',
  },
  probe: {
    method: 'GET',
    url: 'https://api.untappd.com/v4/user/info?compact=true',
    tokenTransport: {
      in: 'query',
      parameter: 'access_token',
    },
    expectStatus: 200,
    badTokenStatus: [401],
    costsQuota: true,
  },
  expiredSignal: [{ status: [401], jsonPointer: '/meta/error_type', in: ['invalid_auth'] }],
  rateLimit: {
    headers: ['X-Ratelimit-Limit', 'X-Ratelimit-Remaining'],
    limitStatus: [429],
  },
  defaultHeaders: [
    {
      name: 'User-Agent',
      required: 'always',
    },
  ],
  docs: {
    api: 'https://untappd.com/api/docs',
    authorization: 'https://untappd.com/api/docs#authentication',
  },
  confidence: 'high',
};
