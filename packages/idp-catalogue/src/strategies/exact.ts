import type { CatalogueEntry } from '../catalogue-entry.ts';

export const exact: CatalogueEntry = {
  name: 'exact',
  strategy: 'exact',
  displayName: 'Exact Online',
  kind: 'social',
  upstreamStatus: 'active',
  relayable: 'yes',
  issuesToken: 'always',
  storedAtAuth0: {
    refreshToken: 'undocumented',
    tokenVault: false,
    connectionOptions: ['baseUrl', 'profile'],
  },
  apiBaseUrls: [
    'https://start.exactonline.nl',
    'https://start.exactonline.be',
    'https://start.exactonline.de',
    'https://start.exactonline.fr',
    'https://start.exactonline.es',
    'https://start.exactonline.co.uk',
    'https://start.exactonline.com',
  ],
  tokenTransport: {
    in: 'authorization',
    scheme: 'Bearer',
  },
  accessToken: {
    expires: 'always',
    lifetimeSeconds: 600,
  },
  refresh: {
    possible: 'yes',
    rotates: 'always',
    refreshTokenLifetimeSeconds: 2592000,
    earliestAfterSeconds: 570,
    tokenEndpoint: 'https://start.exactonline.nl/api/oauth2/token',
    clientAuthentication: 'basic',
    format: 'form',
  },
  probe: {
    method: 'GET',
    url: 'https://start.exactonline.nl/api/v1/current/Me?$select=CurrentDivision',
    headers: {
      Accept: 'application/json',
    },
    expectStatus: 200,
    badTokenStatus: [401],
    costsQuota: true,
  },
  expiredSignal: [{ status: [401] }],
  rateLimit: {
    headers: [
      'X-RateLimit-Limit',
      'X-RateLimit-Remaining',
      'X-RateLimit-Reset',
      'X-RateLimit-Minutely-Limit',
      'X-RateLimit-Minutely-Remaining',
      'X-RateLimit-Minutely-Reset',
    ],
    resetUnit: 'epochMilliseconds',
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
    api: 'https://start.exactonline.nl/docs/HlpRestAPIResources.aspx',
    authorization: 'https://support.exactonline.com/community/s/knowledge-base',
  },
  notes: ['A token must not be renewed before it is nearly over.'],
  confidence: 'medium',
};
