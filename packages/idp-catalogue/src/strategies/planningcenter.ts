import type { CatalogueEntry } from '../catalogue-entry.ts';

export const planningcenter: CatalogueEntry = {
  name: 'planningcenter',
  strategy: 'planningcenter',
  displayName: 'Planning Center',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: [],
  },
  apiBaseUrls: ['https://api.planningcenteronline.com'],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 7200,
  },
  refresh: {
    possible: 'yes',
    rotates: 'always',
    refreshTokenLifetimeSeconds: 7776000,
    tokenEndpoint: 'https://api.planningcenteronline.com/oauth/token',
    clientAuthentication: 'post',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://api.planningcenteronline.com/people/v2/me',
    expectStatus: 200,
    badTokenStatus: [401],
    needsScope: 'people',
    costsQuota: true,
  },
  expiredSignal: [{ status: [401] }],
  missingScopeSignal: [{ status: [403] }],
  rateLimit: {
    headers: [
      'X-PCO-API-Request-Rate-Limit',
      'X-PCO-API-Request-Rate-Period',
      'X-PCO-API-Request-Rate-Count',
      'Retry-After',
    ],
    limitStatus: [429],
  },
  defaultHeaders: [
    {
      name: 'Accept',
      value: 'application/json',
      required: 'no',
    },
  ],
  docs: {
    api: 'https://developer.planning.center/docs/',
    authorization: 'https://api.planningcenteronline.com/docs/overview/authentication',
  },
  confidence: 'medium',
};
